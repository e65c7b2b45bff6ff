package dev.throughline.conversation;

import dev.throughline.access.Decision.Permit;
import dev.throughline.access.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversations in memory, kept as the port says. */
final class KeptConversations implements Conversations {
    private final Map<ConversationId, Conversation> kept = new HashMap<>();
    private final List<RunRecord> runs = new ArrayList<>();

    /** What others do just before a conversation is replaced. */
    Runnable betweenReadAndWrite = () -> {};

    /** What happens before a run is kept. */
    Runnable beforeKeeping = () -> {};

    /** The conversation as it is kept, whoever it belongs to. */
    Conversation the(ConversationId id) {
        return kept.get(id);
    }

    int size() {
        return kept.size();
    }

    /** All runs that were kept. */
    List<RunRecord> runs() {
        return List.copyOf(runs);
    }

    @Override
    public Optional<Conversation> find(User owner, ConversationId id) {
        return Optional.ofNullable(kept.get(id)).filter(conversation -> isOf(owner, conversation));
    }

    @Override
    public ConversationPage list(User owner, int limit, Optional<ConversationPage.Place> after) {
        return new ConversationPage(
                kept.values().stream()
                        .filter(conversation -> isOf(owner, conversation))
                        .sorted(Comparator.comparing(Conversation::changedAt).reversed())
                        .limit(limit)
                        .toList(),
                Optional.empty());
    }

    @Override
    public void add(Conversation conversation) {
        if (kept.putIfAbsent(conversation.id(), conversation) != null) {
            throw new IllegalStateException("There is such a conversation");
        }
    }

    @Override
    public boolean replace(Conversation changed) {
        Runnable others = betweenReadAndWrite;
        betweenReadAndWrite = () -> {};
        others.run();
        Conversation current = kept.get(changed.id());
        return current != null
                && current.version() == changed.version()
                && kept.replace(changed.id(), changed.next()) != null;
    }

    @Override
    public void keep(Permit permit, String agent, RunRecord run) {
        User owner = permit.user();
        beforeKeeping.run();
        if (find(owner, run.conversation()).isPresent()) {
            runs.add(run);
        }
    }

    @Override
    public List<RunRecord> runs(User owner, ConversationId id) {
        return find(owner, id).isEmpty()
                ? List.of()
                : runs.stream().filter(run -> run.conversation().equals(id)).toList();
    }

    @Override
    public boolean delete(Permit permit, ConversationId id) {
        User owner = permit.user();
        if (find(owner, id).isEmpty()) {
            return false;
        }
        runs.removeIf(run -> run.conversation().equals(id));
        return kept.remove(id) != null;
    }

    private static boolean isOf(User owner, Conversation conversation) {
        return conversation.owner().equals(owner.id()) && conversation.tenant().equals(owner.tenant());
    }
}
