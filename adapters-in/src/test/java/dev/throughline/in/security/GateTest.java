package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.throughline.access.Budget;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.Credential;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.in.edge.OpenEdge;
import dev.throughline.in.events.TokenIds;
import dev.throughline.in.fakes.CountedBudgets;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.InMemoryConsents;
import dev.throughline.in.fakes.Told;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The gate as a whole, from the header to the caller, over a real key server and a ledger that may be away. */
class GateTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final User VIC = new User(TestGate.TENANT, new UserId(UUID.fromString(TestGate.VIC)), Set.of());

    private final InMemoryConsents consents = new InMemoryConsents();
    private final CountedBudgets budgets = new CountedBudgets();
    private final Told told = new Told();
    private final CurrentCaller current = new CurrentCaller();
    private final TestGate tokens = TestGate.open();
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();
    private HttpServer server;
    private TokenGate authentication;
    private Gate gate;

    @BeforeEach
    void open() throws IOException, InterruptedException, ExecutionException {
        byte[] keys = JSON.writeValueAsBytes(Map.of("keys", List.of(RsaKeys.FIRST.published())));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(keys);
            }
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
        authentication = new TokenGate(
                new TokenSettings(TestGate.TENANT, TestGate.V2, address, TestGate.AUDIENCES),
                new Tokens.Known(),
                consents,
                new CountedMetrics(),
                tokens.clock,
                background);
        background.submit(() -> {}).get();
        assertTrue(authentication.ready(), "The keys are fetched first of all");
        gate = gate();
    }

    @AfterEach
    void close() {
        authentication.close();
        background.shutdownNow();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/mcp", "/api/v1/orders"})
    void an_agents_first_call_comes_in_and_is_noted(String address) {
        Exchange exchange = send(address, through("assistant"));

        assertEquals(200, exchange.status(), exchange.text());
        assertEquals(Optional.of(Consent.ALLOWED), current.caller().consent());
        assertEquals("assistant", consents.all().get(0).agent());
    }

    /**
     * The policy says no then, to the model or with 403; another token would not help, so that nobody is sent for one.
     */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/mcp", "/api/v1/orders"})
    void the_same_token_carries_at_its_next_call_what_the_person_has_said_since(String address) {
        String token = through("assistant");
        assertEquals(200, send(address, token).status());
        consents.put(VIC, "assistant", Set.of(), Consent.REVOKED);

        Exchange exchange = send(address, token);

        assertEquals(200, exchange.status());
        assertEquals(Optional.empty(), exchange.header("WWW-Authenticate"));
        assertEquals(Optional.of(Consent.REVOKED), current.caller().consent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/mcp", "/api/v1/orders", "/api/v1/chat"})
    void where_the_ledger_is_away_nobody_comes_in_through_an_agent(String address) {
        assertEquals(200, send(address, through("assistant")).status());
        consents.disconnect();

        Exchange refused = send(address, through("assistant"));

        assertEquals(503, refused.status());
        assertEquals(Optional.of("5"), refused.header("Retry-After"));
        assertEquals(Optional.empty(), refused.header("WWW-Authenticate"));
        assertEquals("unavailable", JSON.readTree(refused.text()).get("reason").stringValue());
        assertFalse(refused.text().contains("secret detail"), refused.text());
        assertThrows(IllegalStateException.class, current::caller, "Nobody was let in");
        assertEquals(1, budgets.spent(Budget.ofRequest(agentOf()).get(0)), "Nothing was counted");
    }

    @Test
    void a_person_in_our_own_app_does_not_depend_on_the_ledger() {
        consents.disconnect();

        Exchange exchange = send("/api/v1/orders", through("web-chat"));

        assertEquals(200, exchange.status());
        assertEquals(0, consents.lookups());
    }

    @Test
    void nothing_of_a_token_or_of_whom_it_names_is_told_to_anybody() {
        String token = through("assistant");
        StringBuilder all = new StringBuilder(send("/api/v1/mcp", token).text());
        all.append(current.caller()).append(current.occasion());
        all.append(send("/api/v1/mcp", through("stranger")).text());
        all.append(send("/api/v1/mcp", token + "x").text());
        consents.disconnect();
        all.append(send("/api/v1/mcp", token).text());
        all.append(told.lines());

        assertTrue(all.toString().contains("client_not_registered"), all.toString());
        for (String marker : List.of(token.substring(0, 20), token.split("\\.")[2], "Vic Viewer", "vic@contoso")) {
            assertFalse(all.toString().contains(marker), marker);
        }
    }

    private Caller agentOf() {
        return new Caller.UserThroughAgent(
                VIC,
                new Tokens.Known().agentNamed("assistant").orElseThrow(),
                new Credential(new ClientId("assistant"), TestGate.API, Set.of(), Instant.MAX),
                Consent.ALLOWED);
    }

    private String through(String client) {
        return tokens.good().with("azp", client).sign();
    }

    private Exchange send(String address, String token) {
        Exchange exchange = Exchange.of("POST", address, new byte[0])
                .with("Host", "localhost:9080")
                .with("Content-Type", "application/json")
                .with("Content-Length", "0")
                .with("Authorization", "Bearer " + token);
        forget();
        AuthenticationStatus status = gate.validateRequest(exchange.request(), exchange.response(), context());
        assertEquals(exchange.status() == 200, status == AuthenticationStatus.SUCCESS, exchange.text());
        return exchange;
    }

    private static HttpMessageContext context() {
        return (HttpMessageContext) Proxy.newProxyInstance(
                HttpMessageContext.class.getClassLoader(),
                new Class<?>[] {HttpMessageContext.class},
                (self, called, given) -> switch (called.getName()) {
                    case "isProtected" -> true;
                    case "notifyContainerAboutLogin" -> AuthenticationStatus.SUCCESS;
                    default -> throw new UnsupportedOperationException(called.toString());
                });
    }

    /** Put together as the container does. */
    private Gate gate() {
        GateAnswers answers = new GateAnswers();
        inject(answers, "challenges", new Challenges(URI.create("http://localhost/meta"), "api://x"));
        inject(answers, "events", told.events(tokens.clock));
        Gate made = new Gate();
        inject(made, "edge", OpenEdge.of(told.events(tokens.clock)));
        inject(made, "authentication", authentication);
        inject(made, "answers", answers);
        inject(made, "limits", new RateLimits(budgets, told.events(tokens.clock)));
        inject(made, "current", current);
        inject(made, "arrivals", new Arrivals(new TokenIds(new byte[32])));
        return made;
    }

    /** The next request knows nothing of the last one. */
    private void forget() {
        inject(current, "admission", null);
    }

    private static void inject(Object bean, String name, @Nullable Object value) {
        try {
            Field field = bean.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
