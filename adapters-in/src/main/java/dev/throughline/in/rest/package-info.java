/**
 * Orders over Jakarta REST: parse, call the use case, render. It knows nothing of MCP or chat. The resource, its filter
 * and the application are public because the container makes them.
 */
@NullMarked
package dev.throughline.in.rest;

import org.jspecify.annotations.NullMarked;
