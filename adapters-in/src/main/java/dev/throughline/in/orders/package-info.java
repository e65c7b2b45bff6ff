/**
 * The form that orders have on the wire, which REST and MCP share: the order itself, the page of a list, and the cursor
 * between pages.
 */
@NullMarked
package dev.throughline.in.orders;

import org.jspecify.annotations.NullMarked;
