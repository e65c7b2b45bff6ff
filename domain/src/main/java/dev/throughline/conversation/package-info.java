/**
 * Talking to an agent: the use case {@link dev.throughline.conversation.AskAgent}, the conversation that it continues,
 * and the ports to the agent service and to where conversations are kept. May depend on {@code access},
 * {@code delegation} and {@code trail}; knows nothing of orders, which the agent reaches through tools alone.
 */
@NullMarked
package dev.throughline.conversation;

import org.jspecify.annotations.NullMarked;
