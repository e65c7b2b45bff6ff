/**
 * How a refusal of the access policy is told over HTTP, which REST, chat and MCP share: a problem, and where another
 * token would help, the challenge that says which.
 */
@NullMarked
package dev.throughline.in.refusal;

import org.jspecify.annotations.NullMarked;
