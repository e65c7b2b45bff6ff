package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.Listener;
import dev.throughline.conversation.AgentGateway.Outcome;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.RunFailure;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One turn, heard event by event (OpenAI's Responses streaming events, with Foundry's {@code oauth_consent_request} and
 * {@code agent_reference}), or read from a whole response. Events and items that we do not know are passed over: the
 * service adds some now and then.
 */
final class Turn {
    private static final System.Logger LOG = System.getLogger(Turn.class.getName());
    private static final String GUIDED_MODEL = "guided";
    private static final int MOST_ITEMS = 256;
    private static final int LONGEST_TEXT = 1_000_000;
    private static final Set<String> ENDS = Set.of("completed", "incomplete", "failed", "cancelled");
    private static final Set<String> HEARD = Set.of(
            "response.created",
            "response.queued",
            "response.in_progress",
            "response.output_text.delta",
            "response.output_text.done",
            "response.refusal.delta",
            "response.refusal.done",
            "response.output_item.added",
            "response.output_item.done",
            "response.mcp_list_tools.failed",
            "response.oauth_consent_requested",
            "response.completed",
            "response.incomplete",
            "response.failed",
            "response.cancelled");

    private final Listener listener;
    private final UnaryOperator<String> thread;
    private final Arguments arguments;
    private final Calls calls;
    private final Set<String> partsTold = new HashSet<>();
    private final Set<String> toolsStarted = new HashSet<>();
    private final Set<String> itemsDone = new HashSet<>();
    private final Set<Integer> placesDone = new HashSet<>();
    private String response = "";
    private boolean agentTold;
    private int textTold;
    private Optional<Consent> consent = Optional.empty();

    /**
     * A turn that begins.
     *
     * @param listener hears of it
     * @param thread what the conversation goes on with after the response of this id
     */
    Turn(Listener listener, UnaryOperator<String> thread, Arguments arguments) {
        this.listener = listener;
        this.thread = thread;
        this.arguments = arguments;
        this.calls = new Calls(arguments);
    }

    /** Whether an event can matter that has this name; one without a name, or of another dialect, can. */
    static boolean concerns(String event) {
        return !event.startsWith("response.") || HEARD.contains(event);
    }

    /** Takes one event in; answers how the turn ended, once it has. */
    Optional<Outcome> hear(JsonObject event) throws RunFailedException {
        begun(Items.object(event, "response"));
        String type = Items.text(event, "type");
        switch (type) {
            case "response.output_text.delta", "response.refusal.delta" -> piece(event, Items.text(event, "delta"));
            case "response.output_text.done" -> part(event, Items.text(event, "text"));
            case "response.refusal.done" -> part(event, Items.text(event, "refusal"));
            case "response.output_item.added" -> itemAdded(event);
            case "response.output_item.done" ->
                itemDone(Items.object(event, "item"), Items.index(event, "output_index"));
            case "response.mcp_list_tools.failed" -> noTools(FoundryError.UNKNOWN);
            case "response.oauth_consent_requested" -> consentAsked(event);
            case "response.completed", "response.incomplete", "response.failed", "response.cancelled" -> {
                return Optional.of(ended(Items.object(event, "response"), type.substring("response.".length())));
            }
            case "error" -> {
                FoundryError error = FoundryError.in(event);
                return Optional.of(failed(error.failureInAnswer(), "error " + error.loggableCode()));
            }
            default -> {}
        }
        return Optional.empty();
    }

    /** Takes a response in that came in one piece; empty if it is none, or has not ended. */
    Optional<Outcome> read(JsonObject whole) throws RunFailedException {
        String status = Items.text(whole, "status");
        if (!ENDS.contains(status)) {
            return Optional.empty();
        }
        begun(whole);
        return Optional.of(ended(whole, status));
    }

    /**
     * The stream ended without saying how the turn did. One that asked for consent has said all that matters; calls
     * cannot be answered where nobody knows whether the service has kept them.
     */
    Outcome cutShort() {
        return consent.isPresent() ? settled() : failed(RunFailure.AGENT_UNAVAILABLE, "cut short");
    }

    private void begun(JsonObject reported) {
        String id = Items.text(reported, "id");
        response = id.isEmpty() ? response : id;
        String agent = Items.text(Items.object(reported, "agent_reference"), "name");
        if (!agentTold && !agent.isEmpty()) {
            agentTold = true;
            boolean guided = Items.text(reported, "model").equals(GUIDED_MODEL);
            listener.agentKnown(agent, guided ? AgentMode.GUIDED : AgentMode.MODEL);
        }
    }

    private void piece(JsonObject event, String text) throws RunFailedException {
        String message = key(Items.text(event, "item_id"), Items.index(event, "output_index"));
        partsTold.add(partKey(message, Items.index(event, "content_index")));
        tell(message, text);
    }

    /** Tells a part that came without pieces. */
    private void part(JsonObject event, String text) throws RunFailedException {
        String message = key(Items.text(event, "item_id"), Items.index(event, "output_index"));
        if (partsTold.add(partKey(message, Items.index(event, "content_index")))) {
            tell(message, text);
        }
    }

    private void tell(String message, String text) throws RunFailedException {
        textTold += text.length();
        if (textTold > LONGEST_TEXT) {
            throw tooMuch("text");
        }
        if (!text.isEmpty()) {
            listener.text(message, text);
        }
    }

    private void itemAdded(JsonObject event) throws RunFailedException {
        JsonObject item = Items.object(event, "item");
        switch (Items.text(item, "type")) {
            case "mcp_call" -> toolStarted(key(item, Items.index(event, "output_index")), item);
            case "oauth_consent_request" -> consentAsked(item);
            default -> {}
        }
    }

    private void itemDone(JsonObject item, int place) throws RunFailedException {
        String key = key(item, place);
        if (!itemsDone.add(key)) {
            return;
        }
        placesDone.add(place);
        if (itemsDone.size() > MOST_ITEMS) {
            throw tooMuch("items");
        }
        switch (Items.text(item, "type")) {
            case "message" -> message(key, item);
            case "mcp_call" -> {
                toolStarted(key, item);
                listener.toolFinished(Items.toolCall(key, item, arguments));
            }
            case "mcp_list_tools" -> {
                if (item.containsKey("error") && !item.isNull("error")) {
                    noTools(FoundryError.of(item.get("error")));
                }
            }
            case "mcp_approval_request" -> calls.approvalRequested(item);
            case "function_call" -> calls.functionCalled(item);
            case "oauth_consent_request" -> consentAsked(item);
            default -> {}
        }
    }

    private void toolStarted(String key, JsonObject item) throws RunFailedException {
        if (toolsStarted.add(key)) {
            if (toolsStarted.size() > MOST_ITEMS) {
                throw tooMuch("items");
            }
            listener.toolStarted(key, Items.text(item, "name"));
        }
    }

    /** Tells the parts of an agent's message that have not been told piece by piece. */
    private void message(String key, JsonObject item) throws RunFailedException {
        String role = Items.text(item, "role");
        if (!role.isEmpty() && !role.equals("assistant")) {
            return;
        }
        List<JsonValue> parts = Items.list(item, "content");
        for (int i = 0; i < parts.size(); i++) {
            if (partsTold.add(partKey(key, i))) {
                tell(key, Items.partText(parts.get(i)));
            }
        }
    }

    /** The first one counts; what is told of it later may tell more. */
    private void consentAsked(JsonObject asked) {
        Consent told = Consent.of(asked);
        boolean tellsMore = consent.isEmpty()
                || consent.get().link().isEmpty()
                || consent.get().id().equals(told.id()) && told.link().isPresent();
        if (tellsMore) {
            consent = Optional.of(told);
        }
    }

    /** The turn may go on without them; the agent then says what it can. */
    private static void noTools(FoundryError error) {
        LOG.log(
                System.Logger.Level.WARNING,
                "The agent service could not list the tools of an agent: {0}",
                error.loggableCode());
    }

    /** The response tells all items once more, or for the first time where there was no stream of them. */
    private Outcome ended(JsonObject whole, String event) throws RunFailedException {
        List<JsonValue> output = Items.list(whole, "output");
        for (int i = 0; i < output.size(); i++) {
            if (!placesDone.contains(i) && output.get(i) instanceof JsonObject item) {
                itemDone(item, i);
            }
        }
        String status = Items.text(whole, "status");
        return switch (ENDS.contains(status) ? status : event) {
            case "completed" -> settled();
            case "incomplete" -> incomplete(Items.text(Items.object(whole, "incomplete_details"), "reason"));
            case "failed" -> {
                FoundryError error = FoundryError.of(whole.get("error"));
                yield failed(error.failureInAnswer(), "failed " + error.loggableCode());
            }
            default -> failed(RunFailure.AGENT_FAILED, "cancelled");
        };
    }

    /** Hosted agents end like this, without a reason, where they wait for somebody. */
    private Outcome incomplete(String reason) {
        boolean waits = consent.isPresent() || reason.isEmpty() && !calls.none();
        return waits ? settled() : failed(RunFailure.AGENT_FAILED, "incomplete " + FoundryError.loggable(reason));
    }

    private Outcome settled() {
        if (!Memory.isUsable(response)) {
            return failed(RunFailure.AGENT_FAILED, "response without a usable id");
        }
        if (consent.isPresent()) {
            return consent.get()
                    .link()
                    .<Outcome>map(link -> new ConsentRequested(
                            thread.apply(response), consent.get().id().orElse(response), link))
                    .orElseGet(() -> failed(RunFailure.CONSENT_LINK_REFUSED, "consent without a usable link"));
        }
        if (calls.none()) {
            return new Answered(thread.apply(response));
        }
        return calls.flaw()
                .map(flaw -> failed(RunFailure.AGENT_FAILED, flaw))
                .orElseGet(() -> calls.asked(thread.apply(response)));
    }

    private static Outcome failed(RunFailure failure, String why) {
        LOG.log(System.Logger.Level.WARNING, "The agent service ended a turn: {0}, {1}", failure, why);
        return new Failed(failure);
    }

    private static RunFailedException tooMuch(String what) {
        LOG.log(System.Logger.Level.WARNING, "The agent service answered with too much: {0}", what);
        return new RunFailedException(RunFailure.AGENT_FAILED);
    }

    private String key(JsonObject item, int place) {
        return key(Items.text(item, "id"), place);
    }

    /** An item's id; where it has none, its place in the response. */
    private String key(String id, int place) {
        return id.isEmpty() ? response + "-item-" + place : id;
    }

    private static String partKey(String message, int index) {
        return message + "/" + Math.max(0, index);
    }
}
