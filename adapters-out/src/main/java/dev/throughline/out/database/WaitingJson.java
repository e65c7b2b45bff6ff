package dev.throughline.out.database;

import dev.throughline.access.ApprovalId;
import dev.throughline.access.ConsentId;
import dev.throughline.conversation.Tools;
import dev.throughline.conversation.Waiting;
import dev.throughline.conversation.Waiting.ForConsentElsewhere;
import dev.throughline.conversation.Waiting.ForFunctions;
import dev.throughline.conversation.Waiting.ForServiceCalls;
import dev.throughline.conversation.Waiting.FunctionCall;
import dev.throughline.conversation.Waiting.ServiceCall;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * What a turn waits for, as JSON. Its {@code kind} says which members there are; a form with other members gets a kind
 * of its own, so that no instance takes one for the other.
 */
final class WaitingJson {
    private static final String CONSENT_ELSEWHERE = "consent-elsewhere";
    private static final String SERVICE_CALLS = "service-calls";
    private static final String FUNCTIONS = "functions";

    private final StoredJson json;

    WaitingJson(StoredJson json) {
        this.json = json;
    }

    /**
     * Agents choose what is in it, such as how deep it is nested. What could not be read again would shut its person
     * out of all their conversations, so that it is not written either.
     *
     * @throws RuntimeException if it could not be read again
     */
    String write(Waiting waiting) {
        String text = text(waiting);
        read(text);
        return text;
    }

    private String text(Waiting waiting) {
        if (waiting instanceof ForConsentElsewhere consent) {
            return of(CONSENT_ELSEWHERE, consent)
                    .add("message", consent.message())
                    .add("id", consent.id())
                    .add("link", consent.link().toString())
                    .build()
                    .toString();
        }
        return waiting instanceof ForServiceCalls service ? text(service) : text((ForFunctions) waiting);
    }

    private String text(ForServiceCalls waiting) {
        JsonArrayBuilder calls = json.newArray();
        waiting.calls().forEach(call -> {
            JsonObjectBuilder one = json.newObject().add("id", call.id());
            call.approval().ifPresent(approval -> one.add("approval", approval.toString()));
            calls.add(one);
        });
        return of(SERVICE_CALLS, waiting).add("calls", calls).build().toString();
    }

    private String text(ForFunctions waiting) {
        JsonArrayBuilder calls = json.newArray();
        waiting.calls().forEach(call -> calls.add(object(call)));
        JsonObjectBuilder object = of(FUNCTIONS, waiting).add("calls", calls);
        waiting.consent().ifPresent(consent -> object.add("consent", consent.toString()));
        return object.build().toString();
    }

    private JsonObjectBuilder object(FunctionCall call) {
        JsonObjectBuilder one = json.newObject()
                .add("id", call.id())
                .add("tool", call.tool())
                .add("arguments", json.toJson(call.arguments()));
        call.approval().ifPresent(approval -> one.add("approval", approval.toString()));
        call.output()
                .ifPresent(output -> one.add(
                        "output", json.newObject().add("text", output.text()).add("success", output.success())));
        return one;
    }

    private JsonObjectBuilder of(String kind, Waiting waiting) {
        return json.newObject().add("kind", kind).add("response", waiting.response());
    }

    /** @throws IllegalStateException if it is nothing that this version has written */
    Waiting read(String text) {
        JsonObject object = json.object(text);
        return switch (object.getString("kind", "")) {
            case CONSENT_ELSEWHERE -> consentElsewhere(object);
            case SERVICE_CALLS -> serviceCalls(object);
            case FUNCTIONS -> functions(object);
            default -> throw new IllegalStateException("A stored waiting is of a kind that is not known");
        };
    }

    private static Waiting consentElsewhere(JsonObject object) {
        StoredMembers members =
                new StoredMembers(CONSENT_ELSEWHERE, object, Set.of("kind", "response", "message", "id", "link"));
        return new ForConsentElsewhere(
                members.text("response"), members.text("message"), members.text("id"), link(members));
    }

    private static URI link(StoredMembers members) {
        try {
            return new URI(members.text("link"));
        } catch (URISyntaxException e) {
            throw members.wrong("link");
        }
    }

    private static Waiting serviceCalls(JsonObject object) {
        StoredMembers members = new StoredMembers(SERVICE_CALLS, object, Set.of("kind", "response", "calls"));
        return new ForServiceCalls(
                members.text("response"),
                members.list("calls").stream().map(WaitingJson::serviceCall).toList());
    }

    private static ServiceCall serviceCall(JsonValue value) {
        StoredMembers members = new StoredMembers("service call", value, Set.of("id", "approval"));
        return new ServiceCall(
                members.text("id"), members.optionalId("approval").map(ApprovalId::new));
    }

    private static Waiting functions(JsonObject object) {
        StoredMembers members = new StoredMembers(FUNCTIONS, object, Set.of("kind", "response", "calls", "consent"));
        return new ForFunctions(
                members.text("response"),
                members.list("calls").stream().map(WaitingJson::functionCall).toList(),
                members.optionalId("consent").map(ConsentId::new));
    }

    private static FunctionCall functionCall(JsonValue value) {
        StoredMembers members =
                new StoredMembers("function call", value, Set.of("id", "tool", "arguments", "approval", "output"));
        return new FunctionCall(
                members.text("id"),
                members.text("tool"),
                StoredJson.toValues(members.object("arguments")),
                members.optionalId("approval").map(ApprovalId::new),
                members.optionalObject("output").map(WaitingJson::output));
    }

    private static Tools.Output output(JsonObject object) {
        StoredMembers members = new StoredMembers("output", object, Set.of("text", "success"));
        return new Tools.Output(members.text("text"), members.flag("success"));
    }
}
