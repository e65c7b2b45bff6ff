package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.access.ClientId;
import dev.throughline.access.User;
import dev.throughline.out.People;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
        assertEquals(List.of(call), log().since(vic, ASSISTANT, start));
    }

    @Test
    void a_call_of_an_unregistered_client_without_scopes_is_found_as_it_was_recorded() {
        VerifiedToolCall call = new VerifiedToolCall(
                UUID.randomUUID(),
                vic.tenant(),
                vic.id(),
                Optional.empty(),
                ASSISTANT,
                "the-api",
                Set.of(),
                "whoami",
                "digest",
                "deny",
                "tool_not_granted",
                start);
        log().record(call);
        assertEquals(List.of(call), log().since(vic, ASSISTANT, start));
    }

    @Test
    void calls_come_oldest_first() {
        VerifiedToolCall later = call(vic, ASSISTANT, start.plusMillis(2));
        VerifiedToolCall earlier = call(vic, ASSISTANT, start.plusMillis(1));
        log().record(later);
        log().record(earlier);
        assertEquals(List.of(earlier, later), log().since(vic, ASSISTANT, start));
    }

    @Test
    void a_call_from_before_the_moment_is_left_out() {
        log().record(call(vic, ASSISTANT, start.minusMillis(1)));
        VerifiedToolCall call = call(vic, ASSISTANT, start);
        log().record(call);
        assertEquals(List.of(call), log().since(vic, ASSISTANT, start));
    }

    @Test
    void a_call_a_few_nanoseconds_after_the_moment_is_not_lost_to_rounding() {
        log().record(call(vic, ASSISTANT, start.plusNanos(900)));
        assertEquals(1, log().since(vic, ASSISTANT, start.plusNanos(700)).size());
    }

    @Test
    void calls_of_another_person_or_tenant_or_client_are_left_out() {
        log().record(call(vic, ASSISTANT, start));
        User namesake = new User(People.someTenant(), vic.id(), vic.roles());
        assertEquals(List.of(), log().since(People.someone(vic.tenant()), ASSISTANT, start));
        assertEquals(List.of(), log().since(namesake, ASSISTANT, start));
        assertEquals(List.of(), log().since(vic, new ClientId("another-client"), start));
        assertEquals(1, log().since(vic, ASSISTANT, start).size());
    }

    @Test
    void no_more_than_a_hundred_calls_are_answered() {
        for (int i = 0; i < 101; i++) {
            log().record(call(vic, ASSISTANT, start.plusMillis(i)));
        }
        List<VerifiedToolCall> calls = log().since(vic, ASSISTANT, start);
        assertEquals(100, calls.size());
        assertEquals(start, calls.get(0).at());
    }

    @Test
    void calls_from_before_a_moment_can_be_forgotten() {
        Instant longAgo = start.minus(Duration.ofDays(1000));
        log().record(call(vic, ASSISTANT, longAgo));
        VerifiedToolCall kept = call(vic, ASSISTANT, longAgo.plusSeconds(1));
        log().record(kept);
        log().forgetBefore(longAgo.plusSeconds(1));
        assertEquals(List.of(kept), log().since(vic, ASSISTANT, longAgo));
    }

    private static VerifiedToolCall call(User user, ClientId client, Instant at) {
        return new VerifiedToolCall(
                UUID.randomUUID(),
                user.tenant(),
                user.id(),
                Optional.of("orders-assistant"),
                client,
                "the-api",
                Set.of("Orders.Read", "Orders.Write"),
                "list-orders",
                "digest",
                "permit",
                "own_rows",
                at);
    }
}
