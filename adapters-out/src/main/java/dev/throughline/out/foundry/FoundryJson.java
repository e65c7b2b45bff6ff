package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway.Question;
import jakarta.json.Json;
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

/** The JSON that goes to the service and comes back. */
final class FoundryJson {
    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());
    private final JsonBuilderFactory builders = Json.createBuilderFactory(Map.of());

    /**
     * The body of a request for a response, with the agent by reference: it decides on model, tools and instructions.
     */
    String request(Question question) {
        JsonObjectBuilder body = builders.createObjectBuilder()
                .add("input", builders.createArrayBuilder().add(message(question.message())))
                .add(
                        "agent_reference",
                        builders.createObjectBuilder()
                                .add("type", "agent_reference")
                                .add("name", question.agent()))
                .add("stream", true)
                .add("store", true);
        question.continues().ifPresent(response -> body.add("previous_response_id", response));
        return body.build().toString();
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
            return reader.readObject();
        } catch (JsonException e) {
            throw new IOException("An event is not JSON", e);
        }
    }

    /** The error in a body; one without a code if the body is something else. */
    FoundryError error(byte[] body) {
        try (JsonReader reader = readers.createReader(new ByteArrayInputStream(body))) {
            return FoundryError.of(reader.readObject().get("error"));
        } catch (JsonException notJson) {
            return FoundryError.UNKNOWN;
        }
    }
}
