package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ApprovalId;
import dev.throughline.access.ClientId;
import dev.throughline.access.User;
import dev.throughline.out.People;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.ToolCallLog.Sought;
import dev.throughline.trail.VerifiedToolCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link ToolCallLog} promises. */
abstract class ToolCallLogContract {
    private static final ClientId ASSISTANT = new ClientId("orders-assistant-client");

    private final User vic = People.someone(People.someTenant());
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    abstract ToolCallLog log();

    @Test
    void a_call_is_found_as_it_was_recorded() {
        VerifiedToolCall call = call(vic, ASSISTANT, start);
        log().record(call);
        assertEquals(Optional.of(call), claim(vic, ASSISTANT, "list-orders", "digest", start));
    }

    @Test
    void a_call_of_an_unregistered_client_without_scopes_is_found_as_it_was_recorded() {
        VerifiedToolCall call = new VerifiedToolCall(
                UUID.randomUUID(),
                vic.tenant(),
                Optional.of(vic.id()),
                Optional.empty(),
                ASSISTANT,
                "the-api",
                Set.of(),
                "whoami",
                "digest",
                "deny",
                "tool_not_granted",
                Optional.empty(),
                start,
                Optional.of(UUID.randomUUID()));
        log().record(call);
        assertEquals(Optional.of(call), claim(vic, ASSISTANT, "whoami", "digest", start));
    }

    @Test
    void a_call_without_a_person_is_kept_and_no_person_can_claim_it() {
        VerifiedToolCall call = new VerifiedToolCall(
                UUID.randomUUID(),
                vic.tenant(),
                Optional.empty(),
                Optional.of("night-agent"),
                ASSISTANT,
                "the-api",
                Set.of(),
                "list-orders",
                "digest",
                "permit",
                "tenant_rows",
                Optional.empty(),
                start,
                Optional.of(UUID.randomUUID()));
        log().record(call);
        assertEquals(Optional.empty(), claim(vic, ASSISTANT, "list-orders", "digest", start));
        Sought ofNobody = new Sought(vic.tenant(), Optional.empty(), ASSISTANT, "list-orders", "digest");
        Sought elsewhere = new Sought(People.someTenant(), Optional.empty(), ASSISTANT, "list-orders", "digest");
        assertEquals(Optional.empty(), log().claim(People.person(vic), elsewhere, start));
        assertEquals(Optional.of(call), log().claim(People.person(vic), ofNobody, start));
        assertEquals(Optional.empty(), log().claim(People.person(vic), ofNobody, start));
    }

    @Test
    void a_call_of_a_person_is_not_that_of_an_agent_as_itself() {
        log().record(call(vic, ASSISTANT, start));
        assertEquals(
                Optional.empty(),
                log().claim(
                                People.person(vic),
                                new Sought(vic.tenant(), Optional.empty(), ASSISTANT, "list-orders", "digest"),
                                start));
    }

    @Test
    void the_oldest_call_is_claimed_first_and_each_but_once() {
        VerifiedToolCall later = call(vic, ASSISTANT, start.plusMillis(2));
        VerifiedToolCall earlier = call(vic, ASSISTANT, start.plusMillis(1));
        log().record(later);
        log().record(earlier);
        assertEquals(Optional.of(earlier), claim(start));
        assertEquals(Optional.of(later), claim(start));
        assertEquals(Optional.empty(), claim(start));
    }

    @Test
    void of_many_who_claim_at_once_each_gets_a_call_of_their_own() throws Exception {
        Set<UUID> claimed = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 5; i++) {
            log().record(call(vic, ASSISTANT, start.plusMillis(i)));
        }
        int succeeded = AtOnce.count(
                8, () -> claim(start).map(call -> claimed.add(call.id())).orElse(false));
        assertEquals(5, succeeded);
        assertEquals(Optional.empty(), claim(start));
    }

    @Test
    void a_call_from_before_the_moment_is_left_out() {
        log().record(call(vic, ASSISTANT, start.minusMillis(1)));
        VerifiedToolCall call = call(vic, ASSISTANT, start);
        log().record(call);
        assertEquals(Optional.of(call), claim(start));
        assertEquals(Optional.empty(), claim(start));
    }

    @Test
    void a_call_a_few_nanoseconds_after_the_moment_is_not_lost_to_rounding() {
        log().record(call(vic, ASSISTANT, start.plusNanos(900)));
        assertTrue(claim(start.plusNanos(700)).isPresent());
    }

    @Test
    void a_call_of_another_person_tenant_client_or_tool_or_with_other_arguments_is_left_out() {
        VerifiedToolCall call = call(vic, ASSISTANT, start);
        log().record(call);
        User namesake = new User(People.someTenant(), vic.id(), vic.roles());
        User colleague = People.someone(vic.tenant());
        ClientId another = new ClientId("another-client");
        assertEquals(Optional.empty(), claim(colleague, ASSISTANT, "list-orders", "digest", start));
        assertEquals(Optional.empty(), claim(namesake, ASSISTANT, "list-orders", "digest", start));
        assertEquals(Optional.empty(), claim(vic, another, "list-orders", "digest", start));
        assertEquals(Optional.empty(), claim(vic, ASSISTANT, "get-order", "digest", start));
        assertEquals(Optional.empty(), claim(vic, ASSISTANT, "list-orders", "another-digest", start));
        assertEquals(Optional.of(call), claim(vic, ASSISTANT, "list-orders", "digest", start));
    }

    @Test
    void calls_from_before_a_moment_can_be_forgotten() {
        Instant longAgo = start.minus(Duration.ofDays(1000));
        log().record(call(vic, ASSISTANT, longAgo));
        VerifiedToolCall kept = call(vic, ASSISTANT, longAgo.plusSeconds(1));
        log().record(kept);
        log().forgetBefore(longAgo.plusSeconds(1));
        assertEquals(Optional.of(kept), claim(longAgo));
        assertEquals(Optional.empty(), claim(longAgo));
    }

    @Test
    void a_call_that_was_taken_to_be_kept_soon_is_found_as_it_was_taken() {
        VerifiedToolCall call = aCall();
        log().recordSoon(call);
        assertEquals(Optional.of(call), claimOf(call, log()));
    }

    VerifiedToolCall aCall() {
        return call(vic, ASSISTANT, start);
    }

    Optional<VerifiedToolCall> claimOf(VerifiedToolCall call, ToolCallLog from) {
        return from.claim(
                People.person(vic),
                new Sought(vic.tenant(), Optional.of(vic.id()), ASSISTANT, call.tool(), call.argumentsDigest()),
                call.at());
    }

    private Optional<VerifiedToolCall> claim(Instant since) {
        return claim(vic, ASSISTANT, "list-orders", "digest", since);
    }

    private Optional<VerifiedToolCall> claim(User user, ClientId client, String tool, String digest, Instant since) {
        return log().claim(
                        People.person(user),
                        new Sought(user.tenant(), Optional.of(user.id()), client, tool, digest),
                        since);
    }

    private static VerifiedToolCall call(User user, ClientId client, Instant at) {
        return new VerifiedToolCall(
                UUID.randomUUID(),
                user.tenant(),
                Optional.of(user.id()),
                Optional.of("orders-assistant"),
                client,
                "the-api",
                Set.of("Orders.Read", "Orders.Write"),
                "list-orders",
                "digest",
                "permit",
                "own_rows",
                Optional.of(new ApprovalId(UUID.randomUUID())),
                at,
                Optional.of(UUID.randomUUID()));
    }
}
