package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.ConsentId;
import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.ConversationPage;
import dev.throughline.conversation.ConversationPage.Place;
import dev.throughline.conversation.Conversations;
import dev.throughline.conversation.RunRecord;
import dev.throughline.conversation.RunRecord.ToolLine;
import dev.throughline.conversation.Waiting;
import dev.throughline.conversation.Waiting.ForConsentElsewhere;
import dev.throughline.out.People;
import dev.throughline.trail.Hop;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation of {@link Conversations} promises. */
abstract class ConversationsContract {
    private static final Waiting CONSENT = new ForConsentElsewhere(
            "resp_2", "list my orders", "oauthreq_1", URI.create("https://consent.example/authorize?state=a%20b"));

    private final User vic = People.someone(People.someTenant());
    private final ConversationId id = new ConversationId(UUID.randomUUID());
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MICROS);

    abstract Conversations conversations();

    @Test
    void a_conversation_is_found_as_it_was_added() {
        Conversation conversation = with("resp_1", Optional.of(CONSENT), 1);
        conversations().add(conversation);
        assertEquals(Optional.of(conversation), conversations().find(vic, id));
    }

    @Test
    void a_conversation_that_has_only_begun_has_nothing_to_continue() {
        Conversation begun = new Conversation(
                id,
                vic.tenant(),
                vic.id(),
                "orders-assistant",
                "list my orders",
                Optional.empty(),
                Optional.empty(),
                start,
                start,
                1);
        conversations().add(begun);
        assertEquals(Optional.of(begun), conversations().find(vic, id));
    }

    static Stream<Waiting> whateverATurnCanWaitFor() {
        return Waitings.all();
    }

    @ParameterizedTest
    @MethodSource("whateverATurnCanWaitFor")
    void what_a_turn_waits_for_is_found_as_it_was_kept(Waiting waiting) {
        conversations().add(with("resp_1", Optional.empty(), 1));
        Conversation waits = with("resp_1", Optional.of(waiting), 1);
        assertTrue(conversations().replace(waits));
        assertEquals(Optional.of(waits.next()), conversations().find(vic, id));
    }

    @Test
    void a_conversation_is_kept_as_it_was_last_in_its_next_version() {
        conversations().add(with("resp_1", Optional.of(CONSENT), 1));
        assertTrue(conversations().replace(with("resp_2", Optional.empty(), 1)));
        Conversation last = changedAt(start.plusSeconds(7), with("resp_3", Optional.of(CONSENT), 2));
        assertTrue(conversations().replace(last));
        assertEquals(Optional.of(last.next()), conversations().find(vic, id));
    }

    @Test
    void a_conversation_that_somebody_else_has_changed_meanwhile_is_not_replaced() {
        conversations().add(with("resp_1", Optional.of(CONSENT), 1));
        Conversation declined = with("resp_1", Optional.empty(), 1);
        assertTrue(conversations().replace(declined));
        assertFalse(conversations().replace(with("resp_1", Optional.of(CONSENT), 1)));
        assertFalse(conversations().replace(with("resp_9", Optional.empty(), 3)));
        assertEquals(Optional.of(declined.next()), conversations().find(vic, id));
    }

    @Test
    void of_many_who_replace_one_version_one_wins() throws Exception {
        conversations().add(with("resp_1", Optional.of(CONSENT), 1));
        Conversation claimed = with("resp_1", Optional.empty(), 1);
        assertEquals(1, AtOnce.count(8, () -> conversations().replace(claimed)));
        assertEquals(Optional.of(claimed.next()), conversations().find(vic, id));
    }

    @Test
    void a_conversation_is_added_once() {
        Conversation conversation = with("resp_1", Optional.of(CONSENT), 1);
        conversations().add(conversation);
        assertThrows(RuntimeException.class, () -> conversations().add(with("resp_9", Optional.empty(), 1)));
        assertEquals(Optional.of(conversation), conversations().find(vic, id));
    }

    @Test
    void a_conversation_that_nobody_began_is_not_there() {
        assertEquals(Optional.empty(), conversations().find(vic, id));
        assertFalse(conversations().replace(with("resp_1", Optional.empty(), 1)));
        assertFalse(conversations().delete(People.own(vic, Action.CONVERSATIONS), id));
        assertEquals(List.of(), conversations().runs(vic, id));
        assertEquals(Optional.empty(), conversations().find(vic, id));
    }

    @Test
    void a_conversation_is_there_for_its_owner_alone() {
        Conversation conversation = with("resp_1", Optional.of(CONSENT), 1);
        conversations().add(conversation);
        RunRecord run = run(1);
        conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", run);
        for (User other : others()) {
            assertEquals(Optional.empty(), conversations().find(other, id));
            assertEquals(List.of(), list(other, 20, Optional.empty()).items());
            assertEquals(List.of(), conversations().runs(other, id));
            conversations().keep(People.own(other, Action.CHAT), "orders-assistant", run(2));
            conversations().keep(People.own(other, Action.CHAT), "orders-assistant", again(run, "mine now"));
            assertFalse(conversations().delete(People.own(other, Action.CONVERSATIONS), id));
        }
        assertEquals(Optional.of(conversation), conversations().find(vic, id));
        assertEquals(List.of(run), conversations().runs(vic, id));
    }

    @Test
    void a_conversation_never_changes_hands() {
        Conversation conversation = with("resp_1", Optional.of(CONSENT), 1);
        conversations().add(conversation);
        for (User other : others()) {
            Conversation taken = of(other, id, start);
            assertThrows(RuntimeException.class, () -> conversations().add(taken));
            assertFalse(conversations().replace(taken));
            assertEquals(Optional.empty(), conversations().find(other, id));
        }
        assertEquals(Optional.of(conversation), conversations().find(vic, id));
    }

    @Test
    void the_conversation_that_changed_last_is_listed_first() {
        Conversation first = added(start);
        Conversation second = added(start.plusSeconds(1));
        assertEquals(List.of(second, first), list(vic, 20, Optional.empty()).items());
        Conversation changed = changedAt(start.plusSeconds(2), first);
        assertTrue(conversations().replace(changed));
        assertEquals(
                List.of(changed.next(), second), list(vic, 20, Optional.empty()).items());
    }

    @Test
    void pages_follow_each_other_without_gaps_or_repeats_even_where_many_changed_at_once() {
        List<Conversation> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            all.add(added(start.plus(Duration.ofNanos(1000L * (i / 4)))));
        }
        List<Conversation> seen = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        do {
            ConversationPage page = list(vic, 2, after);
            assertTrue(page.items().size() <= 2);
            seen.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        all.sort(Comparator.comparing(Conversation::changedAt)
                .thenComparing(conversation -> conversation.id().toString())
                .reversed());
        assertEquals(all, seen);
    }

    @Test
    void a_page_that_is_just_full_is_the_last_one() {
        added(start);
        added(start);
        assertEquals(Optional.empty(), list(vic, 2, Optional.empty()).next());
    }

    @Test
    void a_conversation_that_was_deleted_still_marks_its_place_in_the_list() {
        Conversation first = added(start);
        Conversation second = added(start.plusSeconds(1));
        assertTrue(conversations().delete(People.own(vic, Action.CONVERSATIONS), second.id()));
        assertEquals(
                List.of(first),
                list(vic, 20, Optional.of(new Place(second.changedAt(), second.id())))
                        .items());
    }

    @Test
    void a_run_is_found_as_it_was_kept() {
        conversations().add(of(vic, id, start));
        RunRecord run = run(1);
        conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", run);
        assertEquals(List.of(run), conversations().runs(vic, id));
    }

    @Test
    void a_run_of_which_little_is_known_is_found_as_it_was_kept() {
        conversations().add(of(vic, id, start));
        RunRecord run = new RunRecord(
                UUID.randomUUID(),
                id,
                start,
                Optional.empty(),
                "",
                List.of(),
                RunRecord.CANCELLED,
                Optional.empty(),
                List.of());
        conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", run);
        assertEquals(List.of(run), conversations().runs(vic, id));
    }

    @Test
    void a_run_that_is_kept_again_is_as_it_was_last() {
        conversations().add(of(vic, id, start));
        RunRecord run = run(1);
        conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", run);
        conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", again(run, "and another thing"));
        assertEquals(List.of(again(run, "and another thing")), conversations().runs(vic, id));
    }

    @Test
    void a_run_stays_in_its_conversation() {
        Conversation other = added(start);
        conversations().add(of(vic, id, start));
        RunRecord run = run(1);
        conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", run);
        conversations()
                .keep(
                        People.own(vic, Action.CHAT),
                        "orders-assistant",
                        new RunRecord(
                                run.id(),
                                other.id(),
                                start,
                                Optional.empty(),
                                "elsewhere",
                                List.of(),
                                RunRecord.ANSWERED,
                                Optional.empty(),
                                List.of()));
        assertEquals(List.of(), conversations().runs(vic, other.id()));
        assertEquals(List.of(run), conversations().runs(vic, id));
    }

    @Test
    void runs_are_listed_the_oldest_first_each_in_its_own_conversation() {
        Conversation other = added(start);
        conversations().add(of(vic, id, start));
        RunRecord later = run(2);
        RunRecord earlier = run(1);
        conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", later);
        conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", earlier);
        assertEquals(List.of(earlier, later), conversations().runs(vic, id));
        assertEquals(List.of(), conversations().runs(vic, other.id()));
    }

    @Test
    void of_very_many_runs_the_last_are_shown() {
        conversations().add(of(vic, id, start));
        List<RunRecord> runs = new ArrayList<>();
        for (int i = 0; i < Conversations.MOST_RUNS + 3; i++) {
            runs.add(run(i));
        }
        List<RunRecord> inAnyOrder = new ArrayList<>(runs);
        Collections.reverse(inAnyOrder.subList(0, 10));
        inAnyOrder.forEach(run -> conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", run));
        assertEquals(runs.subList(3, runs.size()), conversations().runs(vic, id));
    }

    @Test
    void a_deleted_conversation_is_gone_with_its_runs() {
        Conversation other = added(start);
        conversations().add(of(vic, id, start));
        conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", run(1));
        assertTrue(conversations().delete(People.own(vic, Action.CONVERSATIONS), id));
        assertEquals(Optional.empty(), conversations().find(vic, id));
        assertEquals(List.of(), conversations().runs(vic, id));
        assertFalse(conversations().delete(People.own(vic, Action.CONVERSATIONS), id));
        assertFalse(conversations().replace(of(vic, id, start)));
        assertEquals(List.of(other), list(vic, 20, Optional.empty()).items());
        conversations().add(of(vic, id, start));
        assertEquals(List.of(), conversations().runs(vic, id));
    }

    @Test
    void a_run_of_a_conversation_that_was_deleted_meanwhile_is_not_kept() {
        conversations().add(of(vic, id, start));
        conversations().delete(People.own(vic, Action.CONVERSATIONS), id);
        conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", run(1));
        conversations().add(of(vic, id, start));
        assertEquals(List.of(), conversations().runs(vic, id));
    }

    @Test
    void runs_that_end_while_their_conversation_is_deleted_disturb_nobody() throws Exception {
        for (int round = 0; round < 10; round++) {
            conversations().add(of(vic, id, start));
            AtomicLong turn = new AtomicLong();
            int deleted = AtOnce.count(8, () -> {
                if (turn.getAndIncrement() == 4) {
                    return conversations().delete(People.own(vic, Action.CONVERSATIONS), id);
                }
                conversations().keep(People.own(vic, Action.CHAT), "orders-assistant", run(1));
                return false;
            });
            assertEquals(1, deleted);
            assertEquals(List.of(), conversations().runs(vic, id));
        }
    }

    private List<User> others() {
        return List.of(People.someone(vic.tenant()), new User(People.someTenant(), vic.id(), vic.roles()));
    }

    private ConversationPage list(User user, int limit, Optional<Place> after) {
        return conversations().list(user, limit, after);
    }

    private Conversation added(Instant changedAt) {
        Conversation conversation = of(vic, new ConversationId(UUID.randomUUID()), changedAt);
        conversations().add(conversation);
        return conversation;
    }

    private Conversation of(User owner, ConversationId name, Instant changedAt) {
        return new Conversation(
                name,
                owner.tenant(),
                owner.id(),
                "orders-assistant",
                "Zoë's orders, and more of them…",
                Optional.of("resp_1"),
                Optional.empty(),
                start,
                changedAt,
                1);
    }

    private Conversation with(String response, Optional<Waiting> waiting, long version) {
        return new Conversation(
                id,
                vic.tenant(),
                vic.id(),
                "orders-assistant",
                "list my orders",
                Optional.of(response),
                waiting,
                start,
                start,
                version);
    }

    private static Conversation changedAt(Instant moment, Conversation conversation) {
        return new Conversation(
                conversation.id(),
                conversation.tenant(),
                conversation.owner(),
                conversation.agent(),
                conversation.title(),
                conversation.lastResponse(),
                conversation.waiting(),
                conversation.createdAt(),
                moment,
                conversation.version());
    }

    private RunRecord run(int second) {
        Hop little = new Hop(
                "foundry",
                "orders-assistant",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Hop.Evidence.REPORTED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Hop much = new Hop(
                "orders-assistant",
                "mcp",
                Optional.of(vic.id().toString()),
                Optional.of("orders-assistant"),
                Optional.of("orders-assistant-client"),
                Optional.of("the-api"),
                Set.of("Orders.Read", "Orders.Write"),
                Optional.of("presented as bearer token"),
                Hop.Evidence.VERIFIED,
                Optional.of("permit"),
                Optional.of("tenant_rows"),
                Optional.of(new ApprovalId(UUID.randomUUID())),
                Optional.of(new ConsentId(UUID.randomUUID())));
        return new RunRecord(
                UUID.randomUUID(),
                id,
                start.plusSeconds(second),
                Optional.of("change the quantity of ORD-005 to 4"),
                "Zoë's order \"ORD-005\" \\ is\nchanged.",
                List.of(new ToolLine("get-order", "completed"), new ToolLine("update-order", "failed")),
                RunRecord.ANSWERED,
                Optional.of("Nothing to add."),
                List.of(little, much));
    }

    private static RunRecord again(RunRecord run, String text) {
        return new RunRecord(
                run.id(),
                run.conversation(),
                run.at(),
                Optional.empty(),
                text,
                List.of(),
                RunRecord.WAITING,
                Optional.empty(),
                List.of());
    }
}
