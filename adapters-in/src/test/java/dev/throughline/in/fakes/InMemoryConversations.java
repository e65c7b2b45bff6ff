package dev.throughline.in.fakes;

import dev.throughline.access.Decision.Permit;
import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.ConversationPage;
import dev.throughline.conversation.ConversationPage.Place;
import dev.throughline.conversation.Conversations;
import dev.throughline.conversation.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversations and their runs in maps. */
public final class InMemoryConversations implements Conversations {
    private static final Comparator<Conversation> LAST_FIRST = Comparator.comparing(Conversation::changedAt)
            .thenComparing(conversation -> conversation.id().toString())
            .reversed();

    private final Map<ConversationId, Conversation> conversations = new LinkedHashMap<>();
    private final List<RunRecord> runs = new ArrayList<>();

    /** All runs that were kept, the oldest first. */
    public List<RunRecord> allRuns() {
        return List.copyOf(runs);
    }

    @Override
    public Optional<Conversation> find(User owner, ConversationId id) {
        return Optional.ofNullable(conversations.get(id)).filter(conversation -> isOf(owner, conversation));
    }

    @Override
    public ConversationPage list(User owner, int limit, Optional<Place> after) {
        List<Conversation> rest = conversations.values().stream()
                .filter(conversation -> isOf(owner, conversation))
                .sorted(LAST_FIRST)
                .filter(conversation ->
                        after.map(place -> isBehind(place, conversation)).orElse(true))
                .toList();
        List<Conversation> page = rest.stream().limit(limit).toList();
        return new ConversationPage(
                page, rest.size() > page.size() ? Optional.of(placeOf(page.get(page.size() - 1))) : Optional.empty());
    }

    @Override
    public void add(Conversation conversation) {
        conversations.put(conversation.id(), conversation);
    }

    @Override
    public boolean replace(Conversation changed) {
        Conversation known = conversations.get(changed.id());
        boolean same = known != null && known.version() == changed.version();
        if (same) {
            add(changed.next());
        }
        return same;
    }

    @Override
    public void keep(Permit permit, String agent, RunRecord run) {
        find(permit.user(), run.conversation()).ifPresent(conversation -> runs.add(run));
    }

    @Override
    public List<RunRecord> runs(User owner, ConversationId id) {
        List<RunRecord> all = runs.stream()
                .filter(run -> run.conversation().equals(id))
                .filter(run -> find(owner, id).isPresent())
                .toList();
        return all.subList(Math.max(0, all.size() - MOST_RUNS), all.size());
    }

    @Override
    public boolean delete(Permit permit, ConversationId id) {
        boolean own = find(permit.user(), id).isPresent();
        if (own) {
            conversations.remove(id);
            runs.removeIf(run -> run.conversation().equals(id));
        }
        return own;
    }

    private static boolean isOf(User owner, Conversation conversation) {
        return conversation.tenant().equals(owner.tenant())
                && conversation.owner().equals(owner.id());
    }

    private static Place placeOf(Conversation conversation) {
        return new Place(conversation.changedAt(), conversation.id());
    }

    private static boolean isBehind(Place place, Conversation conversation) {
        int byTime = conversation.changedAt().compareTo(place.changedAt());
        return byTime < 0
                || byTime == 0
                        && conversation.id().toString().compareTo(place.id().toString()) < 0;
    }
}
