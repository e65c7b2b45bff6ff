/**
 * The order desk over MCP, in two eras of the protocol at one address. {@link dev.throughline.in.mcp.McpServlet} takes
 * in the body once, reads it strictly and chooses the era: {@link dev.throughline.in.mcp.LegacyProtocol} stands in
 * front of the official SDK, {@link dev.throughline.in.mcp.ModernProtocol} is our own. Both offer the same
 * {@link dev.throughline.in.mcp.McpFeatures}, and decide and record every call and every read of a resource by the same
 * {@link dev.throughline.in.mcp.ToolCallGate}, before anything runs. Tools and resources then call the same use cases
 * as REST, which decide again. This package knows nothing of REST or chat.
 */
@NullMarked
package dev.throughline.in.mcp;

import org.jspecify.annotations.NullMarked;
