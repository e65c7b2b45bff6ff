package dev.throughline.out.foundry;

import dev.throughline.conversation.RunFailure;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.out.http.Deadline;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes what the service has kept of one conversation. Everything is found first, and what leads to the rest is
 * deleted last: where the service breaks off in between, asking again finishes it.
 */
final class Forgetting {
    private static final System.Logger LOG = System.getLogger(Forgetting.class.getName());
    private static final int MOST_RESPONSES = 1_000;
    private static final int MOST_PAGES = 200;

    private final Service service;
    private final Place place;
    private final DelegatedToken token;
    private final Deadline deadline;

    Forgetting(Service service, Place place, DelegatedToken token, Deadline deadline) {
        this.service = service;
        this.place = place;
        this.token = token;
        this.deadline = deadline;
    }

    void forget(Memory memory) throws RunFailedException, IOException, InterruptedException {
        if (memory.kind() == Memory.Kind.RESPONSE) {
            List<String> oldestFirst = new ArrayList<>(chainTo(memory.id()));
            Collections.reverse(oldestFirst);
            deleteAll(oldestFirst);
        } else {
            deleteAll(responsesIn(memory.id()));
            service.kept("DELETE", place.conversation(memory.id()), token, deadline);
        }
    }

    /** The responses from this one back to the first that the service still has. */
    private Set<String> chainTo(String last) throws RunFailedException, IOException, InterruptedException {
        Set<String> chain = new LinkedHashSet<>();
        String id = last;
        while (Memory.isUsable(id) && chain.add(id)) {
            if (chain.size() > MOST_RESPONSES) {
                throw tooMuch();
            }
            id = service.kept("GET", place.response(id), token, deadline)
                    .map(response -> Items.text(response, "previous_response_id"))
                    .orElse("");
        }
        return chain;
    }

    /** The responses that made a conversation's items: they outlive it. */
    private Set<String> responsesIn(String conversation) throws RunFailedException, IOException, InterruptedException {
        Set<String> responses = new LinkedHashSet<>();
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonObject items = service.kept("GET", place.items(conversation, after), token, deadline)
                    .orElse(JsonValue.EMPTY_JSON_OBJECT);
            Items.list(items, "data").stream()
                    .filter(JsonObject.class::isInstance)
                    .map(item -> Items.text(item.asJsonObject(), "response_id"))
                    .filter(Memory::isUsable)
                    .forEach(responses::add);
            after = Items.text(items, "last_id");
            if (!JsonValue.TRUE.equals(items.get("has_more")) || !Memory.isUsable(after)) {
                return responses;
            }
        }
        throw tooMuch();
    }

    private void deleteAll(Iterable<String> responses) throws RunFailedException, IOException, InterruptedException {
        for (String id : responses) {
            service.kept("DELETE", place.response(id), token, deadline);
        }
    }

    private static RunFailedException tooMuch() {
        LOG.log(System.Logger.Level.WARNING, "The agent service has kept more of a conversation than can be deleted");
        return new RunFailedException(RunFailure.AGENT_FAILED);
    }
}
