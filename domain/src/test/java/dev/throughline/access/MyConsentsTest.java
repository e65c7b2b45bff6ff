package dev.throughline.access;

import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.throughline.access.Decision.Deny;
import dev.throughline.access.MyConsents.Done;
import dev.throughline.access.MyConsents.NoSuchConsent;
import dev.throughline.access.MyConsents.Refused;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MyConsentsTest {
    private static final Caller VIC_IN_CHAT = TestCallers.directly(VIC, Role.VIEWER);
    private static final User VIC_IN_PERSON = VIC_IN_CHAT.person().orElseThrow();
    private static final Caller PAT_IN_CHAT = TestCallers.directly(PAT, Role.ADMIN);

    private final BookOfRecords records = new BookOfRecords();
    private final BookOfConsents ledger = new BookOfConsents();
    private final MyConsents mine = new MyConsents(new AccessPolicy(), ledger, records, TestCallers.CLOCK);

    @ParameterizedTest
    @CsvSource({
        "ASKED,   true,  ALLOWED",
        "ASKED,   false, DENIED",
        "DENIED,  true,  ALLOWED",
        "REVOKED, true,  ALLOWED",
        "ALLOWED, false, DENIED",
        "REVOKED, false, REVOKED"
    })
    void an_answer_counts_but_a_no_gives_nothing_back_of_what_was_taken(Consent before, boolean allow, Consent after) {
        ConsentEntry entry = ledger.put(VIC_IN_PERSON, "orders-functions", before);

        ConsentEntry answered = done(mine.answer(VIC_IN_CHAT, Door.REST, entry.id(), allow));

        assertEquals(after, answered.state());
        assertEquals(after, state());
    }

    @Test
    void what_was_allowed_can_be_taken_back() {
        ConsentEntry entry = ledger.put(VIC_IN_PERSON, "orders-functions", Consent.ALLOWED);

        assertEquals(
                Consent.REVOKED,
                done(mine.revoke(VIC_IN_CHAT, Door.REST, entry.id())).state());
        assertEquals(Consent.REVOKED, state());
    }

    @Test
    void somebody_elses_entry_does_not_exist() {
        ConsentEntry entry = ledger.put(VIC_IN_PERSON, "orders-functions", Consent.ASKED);

        assertEquals(new NoSuchConsent<>(), mine.answer(PAT_IN_CHAT, Door.REST, entry.id(), true));
        assertEquals(new NoSuchConsent<>(), mine.answer(PAT_IN_CHAT, Door.REST, entry.id(), false));
        assertEquals(new NoSuchConsent<>(), mine.revoke(PAT_IN_CHAT, Door.REST, entry.id()));
        assertEquals(new NoSuchConsent<>(), mine.revoke(VIC_IN_CHAT, Door.REST, new ConsentId(new UUID(0, 1))));
        assertEquals(new Done<>(List.of()), mine.list(PAT_IN_CHAT, Door.REST));
        assertEquals(Consent.ASKED, state());
    }

    @Test
    void a_person_sees_their_own_entries() {
        ConsentEntry first = ledger.put(VIC_IN_PERSON, "orders-functions", Consent.ALLOWED);
        ConsentEntry second = ledger.put(VIC_IN_PERSON, "orders-assistant", Consent.ALLOWED);

        assertEquals(new Done<>(List.of(second, first)), mine.list(VIC_IN_CHAT, Door.REST));
    }

    @Test
    void an_agent_consents_to_nothing_and_takes_nothing_back() {
        ConsentEntry entry = ledger.put(VIC_IN_PERSON, "orders-assistant", Consent.REVOKED);
        Agent cunning = TestCallers.agent(Set.of("consent"));
        Caller agent = TestCallers.through(cunning, VIC, Set.of(Scope.ORDERS_WRITE), Role.ADMIN);
        Refused<Object> no = new Refused<>(new Deny(DenyReason.APP_MAY_NOT_CHAT));

        assertEquals(no, mine.answer(agent, Door.REST, entry.id(), true));
        assertEquals(no, mine.revoke(agent, Door.REST, entry.id()));
        assertEquals(no, mine.list(agent, Door.REST));
        assertEquals(Consent.REVOKED, ledger.state(VIC_IN_PERSON.tenant(), VIC, "orders-assistant"));
    }

    private Consent state() {
        return ledger.state(VIC_IN_PERSON.tenant(), VIC, "orders-functions");
    }

    @SuppressWarnings("unchecked")
    private static ConsentEntry done(MyConsents.Outcome<ConsentEntry> outcome) {
        return ((Done<ConsentEntry>) assertInstanceOf(Done.class, outcome)).value();
    }
}
