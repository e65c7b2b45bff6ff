package dev.throughline.out.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import dev.throughline.access.Role;
import dev.throughline.access.User;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.out.People;
import dev.throughline.out.http.WireServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever the endpoint does, each secret goes where it must and shows nowhere else. */
class MarkerTest {
    private static final String ASSERTION = "marker-of-the-assertion";
    private static final String SECRET = "marker-of-the-secret";
    private static final String TOKEN = "marker-of-the-token";
    private static final Logger ROOT = Logger.getLogger("");

    private final WireServer server = new WireServer();
    private final WireServer elsewhere = new WireServer();
    private final User vic = People.someone(People.someTenant(), Role.VIEWER);
    private final EverythingLogged log = new EverythingLogged();
    private final Level levelBefore = ROOT.getLevel();

    /** Every line of every logger, at every level. */
    private static final class EverythingLogged extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        EverythingLogged() {
            setFormatter(new SimpleFormatter());
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(getFormatter().format(line));
        }

        @Override
        public void flush() {
            // Lines are kept as they come.
        }

        @Override
        public void close() {
            // Nor is there anything to end.
        }
    }

    @BeforeEach
    void listen() {
        ROOT.setLevel(Level.ALL);
        ROOT.addHandler(log);
    }

    @AfterEach
    void stop() {
        ROOT.removeHandler(log);
        ROOT.setLevel(levelBefore);
        server.close();
        elsewhere.close();
    }

    @Test
    void the_assertion_leaves_as_the_assertion_of_an_exchange_and_nothing_secret_shows_anywhere() {
        StringBuilder shown = new StringBuilder();
        List<WireServer.Answer> answers = List.of(
                says(200, "application/json", TokenWire.token(TOKEN, 3599)),
                says(200, "application/json", TokenWire.token(TOKEN + "\\r\\nX: y", 3599)),
                says(200, "application/json", "{\"access_token\":\"" + TOKEN + "\""),
                says(200, "text/html", TokenWire.token(TOKEN, 3599)),
                says(400, "application/json", TokenWire.stepUp(TokenWire.CLAIMS)),
                says(400, "application/json", TokenWire.error("invalid_grant", 50013, ASSERTION)),
                says(400, "application/json", TokenWire.error("invalid_client", 7000215, SECRET)),
                says(503, "text/html", ASSERTION + SECRET + TOKEN),
                exchange -> {
                    exchange.getResponseHeaders()
                            .set("Location", elsewhere.address("/" + ASSERTION).toString());
                    exchange.sendResponseHeaders(307, -1);
                },
                exchange -> exchange.sendResponseHeaders(200, 10),
                exchange -> Thread.sleep(5_000));
        for (WireServer.Answer answer : answers) {
            server.answers(answer);
            shown.append(outcome(tokensFrom(server.address("/token")))).append('\n');
        }
        shown.append(outcome(tokensFrom(URI.create("http://localhost:1/token"))));

        assertTrue(shown.toString().contains("Issued"), shown.toString());
        assertTrue(log.lines.stream().anyMatch(line -> line.contains("AADSTS 50013")), log.lines.toString());
        assertNothingIn(shown.toString());
        assertNothingIn(String.join("", log.lines));
        assertEquals(List.of(), elsewhere.requests());
        for (WireServer.Request request : server.requests()) {
            assertEquals("POST /token", request.method() + " " + request.target());
            assertNothingIn(request.headers().toString());
            assertEquals(ASSERTION, TokenWire.form(request.body()).get("assertion"));
            assertEquals(SECRET, TokenWire.form(request.body()).get("client_secret"));
            assertEquals(1, request.body().split(ASSERTION, -1).length - 1);
            assertEquals(1, request.body().split(SECRET, -1).length - 1);
        }
    }

    private static WireServer.Answer says(int status, String type, String body) {
        return exchange -> WireServer.send(exchange, status, type, body);
    }

    private EntraDelegatedTokens tokensFrom(URI endpoint) {
        EntraSettings settings =
                new EntraSettings(endpoint, new ClientId("the-api"), new ClientCredential.Secret(SECRET));
        assertNothingIn(settings.toString());
        return new EntraDelegatedTokens(
                settings,
                ClientAuthentication.of(settings, Clock.systemUTC()),
                Clock.systemUTC(),
                System::nanoTime,
                Duration.ofSeconds(1));
    }

    /** What a caller could show, down to the trace of an exception. */
    private String outcome(EntraDelegatedTokens tokens) {
        UserAssertion assertion = new UserAssertion(ASSERTION, Instant.MAX);
        try {
            Delegation delegation = tokens.onBehalfOf(vic, assertion, "https://ai.azure.com");
            return assertion + " " + TokenKey.of(vic, assertion, "https://ai.azure.com") + " " + delegation;
        } catch (RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }

    private static void assertNothingIn(String text) {
        for (String secret : List.of(ASSERTION, SECRET, TOKEN, "marker")) {
            assertFalse(text.contains(secret), text);
            assertFalse(
                    text.contains(Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(secret.getBytes(StandardCharsets.UTF_8))),
                    text);
        }
    }
}
