package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.Listener;
import dev.throughline.conversation.AgentGateway.Outcome;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.RunFailure;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One turn, heard event by event (OpenAI's Responses streaming events, with Foundry's {@code oauth_consent_request} and
 * {@code agent_reference}). Events and items that we do not know are passed over: the service adds some now and then.
 */
final class Turn {
    private static final System.Logger LOG = System.getLogger(Turn.class.getName());
    private static final String GUIDED_MODEL = "guided";

    private final Listener listener;
    private final Set<String> messagesTold = new HashSet<>();
    private final Set<String> toolsStarted = new HashSet<>();
    private final Set<String> toolsFinished = new HashSet<>();
    private String response = "";
    private boolean agentTold;
    private Optional<Consent> consent = Optional.empty();

    Turn(Listener listener) {
        this.listener = listener;
    }

    /** Takes one event in; answers how the turn ended, once it has. */
    Optional<Outcome> hear(JsonObject event) {
        response(Items.object(event, "response"));
        switch (event.getString("type", "")) {
            case "response.output_text.delta", "response.refusal.delta" -> delta(event);
            case "response.output_item.added" -> itemAdded(Items.object(event, "item"));
            case "response.output_item.done" -> itemDone(Items.object(event, "item"));
            case "response.oauth_consent_requested" -> consent = Optional.of(Consent.of(event));
            case "response.completed" -> {
                return Optional.of(completed());
            }
            case "response.incomplete" -> {
                return Optional.of(consent.isPresent() ? completed() : failed(RunFailure.AGENT_FAILED, "incomplete"));
            }
            case "response.failed" -> {
                return Optional.of(failed(RunFailure.AGENT_FAILED, "failed"));
            }
            case "error" -> {
                FoundryError error = FoundryError.of(event);
                return Optional.of(failed(error.failureInStream(), error.loggableCode()));
            }
            default -> {}
        }
        return Optional.empty();
    }

    /** The stream ended without saying how the turn did; one that asked for consent has said all that matters. */
    Outcome cutShort() {
        return consent.isPresent() ? completed() : failed(RunFailure.AGENT_UNAVAILABLE, "cut short");
    }

    private void response(JsonObject reported) {
        if (response.isEmpty()) {
            response = Items.text(reported, "id");
        }
        String agent = Items.text(Items.object(reported, "agent_reference"), "name");
        if (!agentTold && !agent.isEmpty()) {
            agentTold = true;
            boolean guided = Items.text(reported, "model").equals(GUIDED_MODEL);
            listener.agentKnown(agent, guided ? AgentMode.GUIDED : AgentMode.MODEL);
        }
    }

    private void delta(JsonObject event) {
        String message = Items.text(event, "item_id");
        messagesTold.add(message);
        listener.text(message, Items.text(event, "delta"));
    }

    private void itemAdded(JsonObject item) {
        switch (Items.text(item, "type")) {
            case "mcp_call" -> toolStarted(item);
            case "oauth_consent_request" -> consent = Optional.of(Consent.of(item));
            default -> {}
        }
    }

    private void itemDone(JsonObject item) {
        switch (Items.text(item, "type")) {
            case "mcp_call" -> toolFinished(item);
            case "oauth_consent_request" -> consent = Optional.of(Consent.of(item));
            case "message" -> wholeMessage(item);
            default -> {}
        }
    }

    private void toolStarted(JsonObject item) {
        String id = Items.text(item, "id");
        if (toolsStarted.add(id)) {
            listener.toolStarted(id, Items.text(item, "name"));
        }
    }

    private void toolFinished(JsonObject item) {
        toolStarted(item);
        if (toolsFinished.add(Items.text(item, "id"))) {
            listener.toolFinished(Items.toolCall(item));
        }
    }

    /** Tells a message that came without pieces. */
    private void wholeMessage(JsonObject item) {
        String id = Items.text(item, "id");
        if (messagesTold.add(id)) {
            Items.messageTexts(item).forEach(text -> listener.text(id, text));
        }
    }

    private Outcome completed() {
        if (response.isEmpty()) {
            return failed(RunFailure.AGENT_FAILED, "response without an id");
        }
        return consent.<Outcome>map(asked -> asked.link()
                        .<Outcome>map(link ->
                                new ConsentRequested(response, asked.id().orElse(response), link))
                        .orElseGet(() -> failed(RunFailure.CONSENT_LINK_REFUSED, "consent without a usable link")))
                .orElseGet(() -> new Answered(response));
    }

    private static Outcome failed(RunFailure failure, String why) {
        LOG.log(System.Logger.Level.WARNING, "The agent service ended a turn: {0}, {1}", failure, why);
        return new Failed(failure);
    }
}
