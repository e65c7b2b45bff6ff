/**
 * Conversations with an agent: one request, answered at once as JSON or as a stream of AG-UI events while it happens.
 * It knows nothing of REST or MCP. The resource is public because the container makes it.
 */
@NullMarked
package dev.throughline.in.chat;

import org.jspecify.annotations.NullMarked;
