/**
 * A stand-in of the Foundry Agent Service: the Responses API with conversations, prompt agents with MCP tools,
 * approvals and OAuth2 connections, as JSON and as an event stream. Strict where the service is strict, since clients
 * learn from what is refused. Reached over HTTP alone, and reaching Entra and the MCP server over HTTP alone.
 *
 * <p>Not imitated: language models (see the {@code planner} package), direct model calls, files, vector stores,
 * background runs, token counts, content filters, rate limits, changing agents or connections, role assignments other
 * than a switch for tests, the legacy application endpoints, and guests from other tenants. A stream whose reader has
 * gone ends its run before the next tool call, and nothing of it is kept.
 *
 * <p>Depends on {@code dev.throughline.local} for ports and secrets, and on {@code planner}; nothing in the product
 * depends on it.
 */
package dev.throughline.local.foundry;
