/**
 * The order desk as MCP tools, over the official SDK's stateless transport. {@link dev.throughline.in.mcp.McpServlet}
 * stands in front of the SDK: it takes in the body once, reads it strictly, decides and records every tool call, and
 * lets through only what may run. The tools then call the same use cases as REST, which decide again. This package
 * knows nothing of REST or chat.
 */
@NullMarked
package dev.throughline.in.mcp;

import org.jspecify.annotations.NullMarked;
