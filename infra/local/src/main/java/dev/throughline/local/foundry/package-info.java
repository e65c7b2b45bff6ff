/**
 * A stand-in of the Foundry Agent Service: the Responses API with conversations, as JSON and as an event stream. Prompt
 * agents call MCP tools over connections of three kinds (OAuth2 with consent, the user's own token, the agent's own or
 * the project's shared identity) and ask for approvals; a hosted agent is a program on a listener of its own that gets
 * no token and answers with function calls. Strict where the service is strict, since clients learn from what is
 * refused. Reached over HTTP alone, and reaching Entra, the MCP server and the hosted agent over HTTP alone.
 *
 * <p>Not imitated: direct model calls, files, vector stores, background runs, token counts, content filters, parallel
 * tool calls, changing agents or connections, the connections API, role assignments other than a switch for tests, the
 * legacy application endpoints, sessions and toolboxes of hosted agents, and guests from other tenants. Of rate limits
 * only this: more than {@code ResponsesApi.MAX_RUNS} runs at once are refused. Hosted agents get the history with each
 * request instead of reading it from the service. A stream whose reader has gone ends its run before the next tool
 * call, and nothing of it is kept. An approval or an output counts once, even where a response is continued twice; the
 * service may be kinder. The client of a user's token that is handed on is the one that called the project; the
 * service's is not published.
 *
 * <p>Depends on {@code dev.throughline.local} for ports and secrets, on {@code responses} for the protocol, on
 * {@code hosted} for the hosted agent's program, and on {@code planner} and {@code model} for what to do next; nothing
 * in the product depends on it.
 */
package dev.throughline.local.foundry;
