package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.access.Budget;
import dev.throughline.access.Caller;
import dev.throughline.in.events.Occasion;
import dev.throughline.in.fakes.CountedBudgets;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTest {
    private static final Caller VIC = People.directly(People.VIC);
    private static final Caller ASSISTANT = People.throughAssistant(People.VIC);

    private final CountedBudgets budgets = new CountedBudgets();
    private final Told told = new Told();
    private final RateLimits limits = new RateLimits(budgets, told.events(Clock.systemUTC()));

    @ParameterizedTest
    @CsvSource({"/api/v1/orders, rest", "/api/v1/mcp, mcp", "/api/v1/chat, chat"})
    void a_request_beyond_the_budget_is_told_to_wait_whichever_way_it_comes(String path, String adapter) {
        assertDoesNotThrow(() -> limits.request(VIC, to(path)));
        budgets.empty(Budget.ofRequest(VIC).get(0), Duration.ofMillis(1));

        ProblemException refusal = assertThrows(ProblemException.class, () -> limits.request(VIC, to(path)));

        assertEquals(429, refusal.problem().status());
        assertEquals("rate_limited", refusal.problem().reason());
        assertEquals(1, told.counts().get("limited user " + adapter));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, second.",
        "999999999, 1, second.",
        "1000000000, 1, second.",
        "1000000001, 2, seconds.",
        "59000000001, 60, seconds."
    })
    void who_waits_as_long_as_told_never_comes_too_early(long nanos, String seconds, String unit) {
        budgets.empty(Budget.ofMessage(VIC), Duration.ofNanos(nanos));

        ProblemException refusal = assertThrows(ProblemException.class, () -> limits.message(VIC, to("/api/v1/chat")));

        assertEquals(Map.of("Retry-After", seconds), refusal.headers());
        assertEquals(
                "Too many requests; try again in " + seconds + " " + unit,
                refusal.problem().detail());
    }

    @Test
    void an_agent_beyond_its_budget_takes_nothing_from_its_persons() {
        budgets.empty(Budget.ofRequest(ASSISTANT).get(0), Duration.ofSeconds(1));

        assertThrows(ProblemException.class, () -> limits.request(ASSISTANT, to("/api/v1/mcp")));

        assertEquals(1, told.counts().get("limited agent mcp"));
        assertEquals(0, budgets.spent(Budget.ofRequest(VIC).get(0)));
        assertDoesNotThrow(() -> limits.request(VIC, to("/api/v1/orders")));
    }

    @Test
    void an_agent_within_its_budget_waits_where_its_persons_is_empty() {
        assertDoesNotThrow(() -> limits.request(ASSISTANT, to("/api/v1/mcp")));
        budgets.empty(Budget.ofRequest(VIC).get(0), Duration.ofSeconds(1));

        assertThrows(ProblemException.class, () -> limits.request(ASSISTANT, to("/api/v1/mcp")));

        assertEquals(1, told.counts().get("limited user mcp"));
    }

    @Test
    void a_write_and_a_message_take_from_their_own_budgets_and_no_others() {
        limits.write(VIC, to("/api/v1/orders"));
        limits.message(VIC, to("/api/v1/chat"));

        assertEquals(1, budgets.spent(Budget.ofWrite(VIC).get(0)));
        assertEquals(1, budgets.spent(Budget.ofMessage(VIC)));
        assertEquals(0, budgets.spent(Budget.ofRequest(VIC).get(0)));
    }

    @Test
    void where_nobody_knows_the_budgets_nobody_gets_through() {
        assertDoesNotThrow(() -> limits.request(VIC, to("/api/v1/orders")));
        budgets.away();

        ProblemException refusal =
                assertThrows(ProblemException.class, () -> limits.request(VIC, to("/api/v1/orders")));

        assertEquals(503, refusal.problem().status());
        assertEquals(Map.of("Retry-After", "5"), refusal.headers());
    }

    private static Occasion to(String path) {
        return Occasion.of(Exchange.of("GET", path, new byte[0]).request());
    }
}
