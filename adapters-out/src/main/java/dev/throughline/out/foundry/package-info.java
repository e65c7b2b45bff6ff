/**
 * The Foundry Agent Service behind {@link dev.throughline.conversation.AgentGateway}: the Responses API of a project,
 * streamed. It calls with the person's delegated token and nothing else. May depend on the domain and on
 * {@code out.http}.
 */
@NullMarked
package dev.throughline.out.foundry;

import org.jspecify.annotations.NullMarked;
