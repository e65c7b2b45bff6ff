package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Conversations and responses, bounded: the one used least recently makes room. Each belongs to one person, and is not
 * there for anybody else.
 */
final class ProjectData {

    /** Of each kind. */
    static final int CAPACITY = 1_000;

    private static final int MAX_CHAIN = 50;
    private static final int MAX_ANSWERED = 10_000;

    private final Map<String, Conversation> conversations = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, StoredResponse> responses = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> answered = new LinkedHashSet<>();
    private final Set<String> answeredByRunning = new HashSet<>();
    private final Runnable changed;

    /** @param changed called after each change, with the lock held: must return at once */
    ProjectData(Snapshot snapshot, Runnable changed) {
        snapshot.conversations().forEach(conversation -> conversations.put(conversation.id(), conversation));
        snapshot.responses().forEach(response -> responses.put(response.id(), response));
        snapshot.responses().forEach(response -> response.input().forEach(this::rememberAnswer));
        this.changed = changed;
    }

    private void rememberAnswer(ObjectNode item) {
        Stream.of("approval_request_id", "call_id")
                .map(name -> Json.text(item, name))
                .filter(id -> !id.isEmpty())
                .forEach(answered::add);
    }

    /**
     * All of it, as it is kept on disk.
     *
     * @param conversations in the order of their last use
     * @param responses in the order of their last use
     */
    record Snapshot(List<Conversation> conversations, List<StoredResponse> responses) {
        static final Snapshot EMPTY = new Snapshot(List.of(), List.of());
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(List.copyOf(conversations.values()), List.copyOf(responses.values()));
    }

    synchronized void add(Conversation conversation) {
        put(conversations, conversation.id(), conversation);
    }

    /** @throws ApiError 404 where this person has no such conversation */
    synchronized Conversation conversation(ProjectUser user, String id) {
        return Optional.ofNullable(conversations.get(id))
                .filter(conversation -> conversation.owner().equals(user.objectId()))
                .orElseThrow(() -> ApiError.notFound("Conversation", id));
    }

    synchronized Conversation change(ProjectUser user, String id, UnaryOperator<Conversation> change) {
        Conversation changedOne = change.apply(conversation(user, id));
        put(conversations, id, changedOne);
        return changedOne;
    }

    synchronized void deleteConversation(ProjectUser user, String id) {
        conversations.remove(conversation(user, id).id());
        changed.run();
    }

    /** Keeps a response, and adds its items to the conversation that it names, if that is still there. */
    synchronized void add(ProjectUser user, StoredResponse response) {
        put(responses, response.id(), response);
        if (conversations.containsKey(response.conversationId())) {
            change(user, response.conversationId(), conversation -> conversation.with(response.items()));
        }
    }

    /** @throws ApiError 404 where this person has no such response */
    synchronized StoredResponse response(ProjectUser user, String id) {
        return Optional.ofNullable(responses.get(id))
                .filter(response -> response.owner().equals(user.objectId()))
                .orElseThrow(() -> ApiError.notFound("Response", id));
    }

    synchronized void deleteResponse(ProjectUser user, String id) {
        responses.remove(response(user, id).id());
        changed.run();
    }

    /**
     * Takes the answers to these approval requests and function calls. A response may be continued more than once, and
     * an answer must count once nevertheless.
     *
     * @param refusal made where one of them has been answered
     * @throws ApiError 400 where a run is at one of them, of which may come nothing
     */
    synchronized void claim(Set<String> questions, Function<String, ApiError> refusal) {
        questions.stream().filter(answered::contains).findFirst().ifPresent(id -> {
            throw answeredByRunning.contains(id) ? ApiError.conversationLocked() : refusal.apply(id);
        });
        answered.addAll(questions);
        answeredByRunning.addAll(questions);
        while (answered.size() > MAX_ANSWERED) {
            answered.remove(answered.iterator().next());
        }
    }

    /** Ends a {@link #claim}, and takes it back for those of whose answers nothing came. */
    synchronized void release(Set<String> questions, Set<String> unsettled) {
        answeredByRunning.removeAll(questions);
        answered.removeAll(unsettled);
    }

    /** All items up to and with those of this response: its chain of predecessors, or its conversation until then. */
    synchronized List<ObjectNode> contextAfter(StoredResponse last) {
        Deque<ObjectNode> context = new ArrayDeque<>();
        StoredResponse response = last;
        for (int i = 0; response != null && i < MAX_CHAIN; i++) {
            prepend(context, response.items());
            prepend(context, before(response));
            response = responses.get(response.previousResponseId());
        }
        return List.copyOf(context);
    }

    private List<ObjectNode> before(StoredResponse response) {
        Conversation conversation = conversations.get(response.conversationId());
        if (conversation == null || response.items().isEmpty()) {
            return List.of();
        }
        int index = conversation.items().indexOf(response.items().get(0));
        return index < 0 ? List.of() : conversation.items().subList(0, index);
    }

    private static <T> void prepend(Deque<T> context, List<T> items) {
        List<T> backwards = new ArrayList<>(items);
        Collections.reverse(backwards);
        backwards.forEach(context::addFirst);
    }

    private <T> void put(Map<String, T> map, String id, T value) {
        map.put(id, value);
        if (map.size() > CAPACITY) {
            map.remove(map.keySet().iterator().next());
        }
        changed.run();
    }
}
