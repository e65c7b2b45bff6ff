package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A spike of refusals, on a server of its own: the other tests refuse so much that it would be no spike among them. */
class AlertIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    /** Longer than it takes from one look to the next. */
    private static final Duration ONE_LOOK = Duration.ofSeconds(11);
    /** Well above five times what four refusals in the first seconds of a server may be taken to foretell. */
    private static final int SPIKE = 100;

    private static LocalStack stack;

    private final Api api = new Api(stack);
    private final ServerLog log = new ServerLog(stack);
    private final Metrics metrics = new Metrics(api);

    @BeforeAll
    static void a_server_that_nobody_else_asks() {
        stack = Running.another("alert");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void a_spike_raises_one_alert_within_a_minute_and_one_per_cent_of_noise_none() throws InterruptedException {
        String good = stack.entra().tokens().user("vic").sign();
        String bad = stack.entra().tokens().user("vic").expired().sign();
        for (int i = 1; i <= 400; i++) {
            boolean noise = i % 100 == 0;
            assertEquals(noise ? 401 : 200, status(noise ? bad : good));
        }
        Thread.sleep(ONE_LOOK.toMillis());
        assertEquals(List.of(), alerts());
        assertEquals(0, metrics.value("security_alert_total"));

        Instant spike = Instant.now();
        for (int i = 0; i < SPIKE; i++) {
            assertEquals(401, status(bad));
        }
        while (alerts().isEmpty() && Instant.now().isBefore(spike.plus(WITHIN))) {
            Thread.sleep(200);
        }

        assertEquals(1, alerts().size(), "No alert within a minute");
        Json alert = alerts().get(0);
        assertEquals("alert_raised", alert.text("event"));
        assertEquals("spike_401", alert.text("kind"));
        assertTrue(alert.number("count") >= SPIKE, alert.toString());
        assertEquals(alert.number("count"), alert.at("/reasons").number("expired"));
        assertTrue(Instant.parse(alert.text("at")).isBefore(spike.plus(WITHIN)), alert.toString());
        Duration since = Duration.between(Instant.parse(alert.text("start")), spike);
        assertTrue(since.abs().compareTo(Duration.ofSeconds(6)) < 0, alert.toString());
        assertEquals(1, metrics.value("security_alert_total", "kind=\"spike_401\""));
        assertEquals(1, metrics.value("security_alert_open", "kind=\"spike_401\""));
        assertEquals(0, metrics.value("security_alert_total", "kind=\"spike_403\""));

        Thread.sleep(ONE_LOOK.toMillis());
        assertEquals(
                1,
                alerts().stream()
                        .filter(event -> event.text("event").equals("alert_raised"))
                        .count(),
                "One spike is one alert");
    }

    private int status(String token) {
        return Http.send(api.bearing(token, Api.ORDERS)).statusCode();
    }

    private List<Json> alerts() {
        return log.events().stream()
                .filter(event -> event.text("event").startsWith("alert_"))
                .toList();
    }
}
