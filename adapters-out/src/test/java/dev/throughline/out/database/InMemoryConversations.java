package dev.throughline.out.database;

import dev.throughline.access.Decision.Permit;
import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.ConversationPage;
import dev.throughline.conversation.ConversationPage.Place;
import dev.throughline.conversation.Conversations;
import dev.throughline.conversation.RunRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Conversations that are forgotten with the test. */
final class InMemoryConversations implements Conversations {
    /** Ids as PostgreSQL compares them, which is not as Java does. */
    private static final Comparator<Place> LATEST_FIRST = Comparator.comparing(Place::changedAt)
            .thenComparing(place -> place.id().toString())
            .reversed();

    private final Map<ConversationId, Conversation> conversations = new HashMap<>();
    private final Map<UUID, RunRecord> runs = new HashMap<>();

    @Override
    public synchronized Optional<Conversation> find(User owner, ConversationId id) {
        return Optional.ofNullable(conversations.get(id)).filter(found -> of(owner, found));
    }

    @Override
    public synchronized ConversationPage list(User owner, int limit, Optional<Place> after) {
        List<Conversation> found = conversations.values().stream()
                .filter(conversation -> of(owner, conversation))
                .filter(conversation -> after.isEmpty() || LATEST_FIRST.compare(after.get(), place(conversation)) < 0)
                .sorted(Comparator.comparing(InMemoryConversations::place, LATEST_FIRST))
                .limit(limit + 1L)
                .toList();
        return found.size() <= limit
                ? new ConversationPage(found, Optional.empty())
                : new ConversationPage(found.subList(0, limit), Optional.of(place(found.get(limit - 1))));
    }

    @Override
    public synchronized void add(Conversation conversation) {
        if (conversations.putIfAbsent(conversation.id(), conversation) != null) {
            throw new IllegalStateException("There is one already");
        }
    }

    @Override
    public synchronized boolean replace(Conversation changed) {
        Conversation before = conversations.get(changed.id());
        if (before == null
                || before.version() != changed.version()
                || !before.tenant().equals(changed.tenant())
                || !before.owner().equals(changed.owner())) {
            return false;
        }
        conversations.put(changed.id(), changed.next());
        return true;
    }

    @Override
    public synchronized void keep(Permit permit, String agent, RunRecord run) {
        User owner = permit.user();
        if (find(owner, run.conversation()).isEmpty()) {
            return;
        }
        runs.merge(run.id(), run, (known, again) -> known.conversation().equals(again.conversation()) ? again : known);
    }

    @Override
    public synchronized List<RunRecord> runs(User owner, ConversationId id) {
        List<RunRecord> all = find(owner, id).stream()
                .flatMap(conversation -> runs.values().stream())
                .filter(run -> run.conversation().equals(id))
                .sorted(Comparator.comparing(RunRecord::at)
                        .thenComparing(run -> run.id().toString()))
                .toList();
        return all.subList(Math.max(0, all.size() - MOST_RUNS), all.size());
    }

    @Override
    public synchronized boolean delete(Permit permit, ConversationId id) {
        User owner = permit.user();
        if (find(owner, id).isEmpty()) {
            return false;
        }
        conversations.remove(id);
        runs.values().removeIf(run -> run.conversation().equals(id));
        return true;
    }

    private static boolean of(User owner, Conversation conversation) {
        return conversation.tenant().equals(owner.tenant())
                && conversation.owner().equals(owner.id());
    }

    private static Place place(Conversation conversation) {
        return new Place(conversation.changedAt(), conversation.id());
    }
}
