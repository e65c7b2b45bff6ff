package dev.throughline.in.mcp;

import dev.throughline.access.Approval;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a person to the web chat to approve a call (MCP 2026-07-28, client/elicitation, URL mode). The address names
 * the question and nobody; whoever opens it signs in, and finds only what they were asked themselves.
 *
 * @param approval the question
 * @param address where it can be answered
 */
record UrlQuestion(Approval approval, URI address) {
    static final String DECLINED = "You have not approved this; nothing was done.";

    private static final String KEY = "approval";
    private static final String ELICITATION = "elicitation";

    /** Whether a client has declared that it can send people to an address. */
    static boolean canBeAsked(RoundTrip client) {
        return client.capabilities().get(ELICITATION) instanceof Map<?, ?> modes && modes.containsKey("url");
    }

    /** Whether the client says that its person does not want to go there. */
    boolean declinedIn(RoundTrip client) {
        return client.requestState().equals(Optional.of(state()))
                && client.inputResponses().get(KEY) instanceof Map<?, ?> answer
                && answer.containsKey("action")
                && !"accept".equals(answer.get("action"));
    }

    InputRequiredException toClient() {
        return new InputRequiredException(
                Map.of(
                        KEY,
                        Map.of(
                                "method",
                                "elicitation/create",
                                "params",
                                Map.of("mode", "url", "message", message(), "url", address.toString()))),
                Optional.of(state()));
    }

    /** For clients that cannot be asked: the model passes it on. */
    String inWords() {
        return message() + " Open " + address + " to decide, and then call again with the same arguments.";
    }

    private String message() {
        return "This needs your approval: " + approval.proposal().agent() + " wants to call "
                + approval.proposal().action().tool() + " for you.";
    }

    private String state() {
        return approval.id().toString();
    }
}
