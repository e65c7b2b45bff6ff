package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.Consent;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.ConsentId;
import dev.throughline.access.Consents;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.out.People;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every implementation of {@link Consents} promises. */
abstract class ConsentsContract {
    private static final String ASSISTANT = "orders-assistant";
    private static final Set<Scope> READING = Set.of(Scope.ORDERS_READ);
    private static final Set<Scope> WRITING = Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE);

    final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.MICROS));

    private final User vic = People.someone(People.someTenant());

    abstract Consents consents();

    /** The same ledger, as another instance sees it. */
    abstract Consents otherInstance();

    @Test
    void of_an_agent_that_was_never_heard_of_nothing_is_known() {
        assertEquals(Consent.NONE, state());
        assertEquals(Optional.empty(), consents().find(vic.tenant(), vic.id(), ASSISTANT));
        assertEquals(List.of(), consents().of(vic));
    }

    @Test
    void asking_makes_an_entry() {
        ConsentEntry entry = ask(WRITING);
        assertEquals(
                new ConsentEntry(
                        entry.id(), vic.tenant(), vic.id(), ASSISTANT, WRITING, Consent.ASKED, clock.instant()),
                entry);
        assertEquals(Consent.ASKED, state());
        assertEquals(Optional.of(entry), otherInstance().find(vic, entry.id()));
        assertEquals(Optional.of(entry), otherInstance().find(vic.tenant(), vic.id(), ASSISTANT));
        assertEquals(List.of(entry), otherInstance().of(vic));
    }

    @Test
    void an_agent_may_ask_for_no_scope_at_all() {
        ConsentEntry entry = ask(Set.of());
        assertEquals(Set.of(), entry.scopes());
        assertEquals(Optional.of(entry), consents().find(vic, entry.id()));
    }

    @Test
    void asking_again_while_it_waits_changes_nothing() {
        ConsentEntry entry = ask(READING);
        later();
        assertEquals(entry, ask(WRITING));
    }

    @ParameterizedTest
    @EnumSource(names = {"ALLOWED", "REVOKED"})
    void what_a_person_said_stays_though_it_is_asked_again(Consent said) {
        ConsentEntry entry = decided(said);
        later();
        assertEquals(entry, ask(WRITING));
        assertEquals(said, state());
    }

    @Test
    void one_who_said_no_can_be_asked_again_for_what_is_wanted_now() {
        ConsentEntry denied = decided(Consent.DENIED);
        later();
        ConsentEntry asked = ask(WRITING);
        assertEquals(
                new ConsentEntry(
                        denied.id(), vic.tenant(), vic.id(), ASSISTANT, WRITING, Consent.ASKED, clock.instant()),
                asked);
        assertEquals(Optional.of(asked), consents().find(vic, denied.id()));
    }

    @Test
    void a_consent_that_was_given_elsewhere_is_noted_where_there_is_no_entry() {
        assertEquals(Consent.ALLOWED, note());
        ConsentEntry entry =
                otherInstance().find(vic.tenant(), vic.id(), ASSISTANT).orElseThrow();
        assertEquals(READING, entry.scopes());
        assertEquals(Consent.ALLOWED, entry.state());
        assertEquals(clock.instant(), entry.changedAt());
        later();
        assertEquals(Consent.ALLOWED, note());
        assertEquals(List.of(entry), consents().of(vic));
    }

    @ParameterizedTest
    @EnumSource(names = {"ALLOWED", "DENIED", "REVOKED"})
    void what_a_person_said_stays_though_a_token_says_that_they_once_consented(Consent said) {
        ConsentEntry entry = decided(said);
        later();
        assertEquals(said, note());
        assertEquals(Optional.of(entry), consents().find(vic, entry.id()));
    }

    @Test
    void a_question_that_waits_is_not_answered_by_a_token() {
        ask(READING);
        assertEquals(Consent.ASKED, note());
        assertEquals(Consent.ASKED, state());
    }

    @Test
    void a_person_changes_their_mind_as_often_as_they_like() {
        ConsentEntry entry = ask(READING);
        for (Consent said : List.of(Consent.DENIED, Consent.ALLOWED, Consent.REVOKED, Consent.ALLOWED)) {
            later();
            ConsentEntry changed = consents()
                    .decide(People.own(vic, Action.CONSENT), entry.id(), said)
                    .orElseThrow();
            assertEquals(
                    new ConsentEntry(entry.id(), vic.tenant(), vic.id(), ASSISTANT, READING, said, clock.instant()),
                    changed);
            assertEquals(said, otherInstance().state(vic.tenant(), vic.id(), ASSISTANT));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "ASKED"})
    void nobody_says_that_they_said_nothing(Consent state) {
        ConsentEntry entry = decided(Consent.REVOKED);
        assertThrows(
                IllegalArgumentException.class,
                () -> consents().decide(People.own(vic, Action.CONSENT), entry.id(), state));
        assertEquals(Optional.of(entry), consents().find(vic, entry.id()));
    }

    @Test
    void an_entry_that_nobody_made_cannot_be_decided() {
        assertEquals(
                Optional.empty(),
                consents().decide(People.own(vic, Action.CONSENT), new ConsentId(UUID.randomUUID()), Consent.ALLOWED));
        assertEquals(List.of(), consents().of(vic));
    }

    @Test
    void an_entry_is_there_for_its_person_alone() {
        ConsentEntry entry = ask(READING);
        for (User other : List.of(People.someone(vic.tenant()), new User(People.someTenant(), vic.id(), vic.roles()))) {
            assertEquals(Consent.NONE, consents().state(other.tenant(), other.id(), ASSISTANT));
            assertEquals(Optional.empty(), consents().find(other.tenant(), other.id(), ASSISTANT));
            assertEquals(Optional.empty(), consents().find(other, entry.id()));
            assertEquals(
                    Optional.empty(),
                    consents().decide(People.own(other, Action.CONSENT), entry.id(), Consent.ALLOWED));
            assertEquals(List.of(), consents().of(other));
        }
        assertEquals(Optional.of(entry), consents().find(vic, entry.id()));
    }

    @Test
    void agents_are_told_apart_to_the_letter() {
        decided(Consent.ALLOWED);
        assertEquals(Consent.NONE, consents().state(vic.tenant(), vic.id(), "Orders-Assistant"));
    }

    @Test
    void the_entry_that_changed_last_comes_first() {
        ConsentEntry assistant = ask(READING);
        later();
        ConsentEntry other = consents().ask(People.person(vic), "another-agent", READING);
        assertEquals(List.of(other, assistant), consents().of(vic));
        later();
        ConsentEntry allowed = consents()
                .decide(People.own(vic, Action.CONSENT), assistant.id(), Consent.ALLOWED)
                .orElseThrow();
        assertEquals(List.of(allowed, other), consents().of(vic));
    }

    @Test
    void of_very_many_entries_those_that_changed_last_are_listed() {
        for (int i = 0; i <= Consents.MOST_SHOWN; i++) {
            consents().ask(People.person(vic), "agent-" + i, READING);
            later();
        }
        List<ConsentEntry> listed = consents().of(vic);
        assertEquals(Consents.MOST_SHOWN, listed.size());
        assertEquals("agent-" + Consents.MOST_SHOWN, listed.get(0).agent());
    }

    @Test
    void of_many_who_ask_at_once_all_get_the_same_entry() throws Exception {
        Set<ConsentId> ids = ConcurrentHashMap.newKeySet();
        AtomicLong turn = new AtomicLong();
        assertEquals(12, AtOnce.count(12, () -> {
            Consents instance = turn.getAndIncrement() % 2 == 0 ? consents() : otherInstance();
            ConsentEntry entry = instance.ask(People.person(vic), ASSISTANT, READING);
            ids.add(entry.id());
            return entry.state() == Consent.ASKED;
        }));
        assertEquals(1, ids.size());
        assertEquals(1, consents().of(vic).size());
    }

    @Test
    void many_calls_at_once_do_not_undo_a_revocation() throws Exception {
        ConsentEntry entry = decided(Consent.ALLOWED);
        AtomicLong turn = new AtomicLong();
        AtOnce.count(12, () -> {
            if (turn.getAndIncrement() == 6) {
                otherInstance().decide(People.own(vic, Action.CONSENT), entry.id(), Consent.REVOKED);
            }
            note();
            ask(WRITING);
            return true;
        });
        assertTrue(turn.get() > 6);
        assertEquals(Consent.REVOKED, state());
        assertEquals(Consent.REVOKED, note());
    }

    private Consent state() {
        return consents().state(vic.tenant(), vic.id(), ASSISTANT);
    }

    private Consent note() {
        return consents().noteAllowed(People.person(vic), ASSISTANT, READING);
    }

    private ConsentEntry ask(Set<Scope> scopes) {
        return consents().ask(People.person(vic), ASSISTANT, scopes);
    }

    private ConsentEntry decided(Consent state) {
        return consents()
                .decide(People.own(vic, Action.CONSENT), ask(READING).id(), state)
                .orElseThrow();
    }

    private void later() {
        clock.advance(Duration.ofSeconds(1));
    }
}
