package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway.ApprovalAnswer;
import dev.throughline.conversation.AgentGateway.ApprovalAnswers;
import dev.throughline.conversation.AgentGateway.FunctionOutput;
import dev.throughline.conversation.AgentGateway.FunctionOutputs;
import dev.throughline.conversation.AgentGateway.Input;
import dev.throughline.conversation.AgentGateway.Message;
import dev.throughline.conversation.AgentGateway.Question;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;

/** The JSON that goes to the service and comes back. */
final class FoundryJson {
    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());
    private final JsonBuilderFactory builders = Json.createBuilderFactory(Map.of());

    /**
     * The body of a request for a response. The agent decides on model, tools and instructions, and is named by
     * reference where the address does not name it.
     */
    String request(Question question, Memory memory) {
        JsonObjectBuilder body = builders.createObjectBuilder().add("input", items(question.input()));
        if (memory.agent().isEmpty()) {
            body.add(
                    "agent_reference",
                    builders.createObjectBuilder()
                            .add("type", "agent_reference")
                            .add("name", question.agent()));
        }
        if (memory.begun()) {
            body.add(memory.kind() == Memory.Kind.CONVERSATION ? "conversation" : "previous_response_id", memory.id());
        }
        return body.add("stream", true).add("store", true).build().toString();
    }

    private JsonArrayBuilder items(Input input) {
        JsonArrayBuilder items = builders.createArrayBuilder();
        if (input instanceof Message message) {
            items.add(message(message.text()));
        } else if (input instanceof ApprovalAnswers approvals) {
            approvals.answers().forEach(answer -> items.add(approval(answer)));
        } else {
            ((FunctionOutputs) input).outputs().forEach(output -> items.add(output(output)));
        }
        return items;
    }

    private JsonObjectBuilder message(String text) {
        return builders.createObjectBuilder()
                .add("type", "message")
                .add("role", "user")
                .add(
                        "content",
                        builders.createArrayBuilder()
                                .add(builders.createObjectBuilder()
                                        .add("type", "input_text")
                                        .add("text", text)));
    }

    private JsonObjectBuilder approval(ApprovalAnswer answer) {
        return builders.createObjectBuilder()
                .add("type", "mcp_approval_response")
                .add("approval_request_id", answer.request())
                .add("approve", answer.approve());
    }

    private JsonObjectBuilder output(FunctionOutput output) {
        return builders.createObjectBuilder()
                .add("type", "function_call_output")
                .add("call_id", output.call())
                .add("output", output.output());
    }

    /**
     * What an event says; an empty object for the data of other dialects, such as {@code [DONE]}.
     *
     * @throws IOException if it is not JSON
     */
    JsonObject event(EventStream.Event event) throws IOException {
        if (!event.data().startsWith("{")) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (JsonReader reader = readers.createReader(new StringReader(event.data()))) {
            return read(reader).orElseThrow(() -> new IOException("An event is not JSON"));
        }
    }

    /** The object in a body; an empty one if the body is something else. */
    JsonObject object(byte[] body) {
        try (JsonReader reader = readers.createReader(new ByteArrayInputStream(body))) {
            return read(reader).orElse(JsonValue.EMPTY_JSON_OBJECT);
        } catch (JsonException notText) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    /** The parser has more ways to say no than the one: for numbers beyond its measure, say. */
    private static Optional<JsonObject> read(JsonReader reader) {
        try {
            return Optional.of(reader.readObject());
        } catch (JsonException | ArithmeticException | IllegalArgumentException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
