package dev.throughline.out.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.access.Origin;
import dev.throughline.access.PolicyVersion;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.out.People;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditFormTest {
    private static final TenantId TENANT = new TenantId(UUID.fromString("c0ffee00-0000-4000-8000-000000000001"));
    private static final UUID REQUEST = UUID.fromString("c0ffee00-0000-4000-8000-000000000077");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T12:00:00.123456789Z"), ZoneOffset.UTC);

    private final AuditForm form = new AuditForm("one", CLOCK);
    private final User vic = People.someone(TENANT, Role.VIEWER);

    @Test
    void a_record_is_one_line_of_json_with_its_fields_in_their_order() {
        Origin origin = new Origin(
                new Origin.Arrival(
                        REQUEST,
                        Door.CHAT,
                        Optional.of("corr"),
                        Optional.of("trace"),
                        Optional.of("0123"),
                        Optional.of("192.0.2.0/24")),
                Optional.of(new Origin.Proof(
                        Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH.plusSeconds(1)), Optional.of("pwd mfa"))),
                Optional.of(new Origin.Turn(REQUEST, REQUEST)));
        AuditLine line = form.write(
                AuditEntry.of(from(origin), Action.READ_ORDER, People.own(vic, Action.READ_ORDER), AuditEntry.DONE)
                        .about("ORD-001", 7)
                        .digest(Optional.of("ab"))
                        .naming("the agent"));

        assertEquals(
                "{\"id\":\"" + line.id()
                        + "\",\"at\":\"2026-11-26T12:00:00.123456Z\",\"instance\":\"one\",\"tenant\":\""
                        + TENANT + "\",\"subject\":\"user\",\"user\":\"" + vic.id()
                        + "\",\"agent\":\"the agent\",\"client\":\"the-web-chat\",\"door\":\"chat\","
                        + "\"action\":\"get-order\",\"resource\":\"ORD-001\",\"version\":7,\"digest\":\"ab\","
                        + "\"decision\":\"permit\",\"rule\":\"own_rows\",\"outcome\":\"done\",\"policy\":\""
                        + PolicyVersion.CURRENT + "\",\"conversation\":\"" + REQUEST + "\",\"run\":\"" + REQUEST
                        + "\",\"request\":\"" + REQUEST + "\",\"correlation\":\"corr\",\"trace\":\"trace\","
                        + "\"token\":\"0123\",\"token_issued\":\"1970-01-01T00:00:00Z\","
                        + "\"token_expires\":\"1970-01-01T00:00:01Z\",\"auth_strength\":\"pwd mfa\","
                        + "\"source\":\"192.0.2.0/24\"}",
                line.body());
    }

    @Test
    void where_nobody_is_authenticated_every_record_says_so() {
        Origin off = new Origin(Origin.UNKNOWN.arrival(), Optional.empty(), Optional.empty());

        assertTrue(record(from(off)).endsWith(",\"authentication_off\":true}"));
        assertFalse(record(from(Origin.UNKNOWN)).contains("authentication_off"));
    }

    @Test
    void whatever_others_have_named_stays_within_its_quotes_and_in_ascii() {
        String body = form.write(AuditEntry.of(from(Origin.UNKNOWN), "a", "permit", "r", "done")
                        .naming("x\"\\\n\u00e9\ud83d\ude00" + "y".repeat(1_000)))
                .body();

        assertTrue(body.contains("\"agent\":\"x\\\"\\\\\\u000a\\u00e9\\ud83d\\ude00yyy"), body);
        assertTrue(body.chars().allMatch(c -> c >= ' ' && c <= '~'), body);
        assertTrue(body.length() < 2_000);
    }

    @Test
    void each_id_is_greater_than_all_before_it_and_tells_when_it_was_made() {
        RecordIds ids = new RecordIds();
        UUID last = ids.next(CLOCK.instant());
        for (int i = 0; i < 10_000; i++) {
            UUID next = ids.next(CLOCK.instant().minusSeconds(i % 2));
            assertTrue(next.toString().compareTo(last.toString()) > 0, last + " " + next);
            assertEquals(7, next.version());
            assertEquals(2, next.variant());
            last = next;
        }
        assertEquals(
                CLOCK.instant().toEpochMilli(),
                new RecordIds().next(CLOCK.instant()).getMostSignificantBits() >>> 16);
    }

    private String record(Caller caller) {
        return form.write(AuditEntry.of(caller, "a", "permit", "r", "done")).body();
    }

    private Caller from(Origin origin) {
        Caller.UserDirectly plain = (Caller.UserDirectly) People.person(vic);
        return new Caller.UserDirectly(
                plain.user(), plain.app(), plain.credential().from(origin));
    }
}
