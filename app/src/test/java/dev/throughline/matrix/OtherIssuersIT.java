package dev.throughline.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.e2e.Running;
import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Issuers besides the tenant's newest, and tokens that are passed through: two servers that differ in one setting,
 * whether tokens for Foundry are let in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherIssuersIT {
    private static final String NARROW = Good.PREFIX + "e1";
    private static final String VIC = Good.PREFIX + "b4";
    private static final String ADA = Good.PREFIX + "b1";
    private static final Set<Door> WRITING = EnumSet.of(Door.UPDATE, Door.DELETE, Door.TOOL);

    private final LocalStack main = Running.stack();
    private final OtherProvider provider = new OtherProvider();
    private final Record record = new Record("issuers");
    private LocalStack open;
    private LocalStack shut;
    private Client client;
    private Metrics metrics;
    private Refusal refusal;

    @BeforeAll
    void start() throws IOException {
        Map<String, String> settings = settings();
        open = Running.beside(main, "issuers", settings);
        shut = Running.beside(main, "issuers-shut", with(settings, "AUTH_ACCEPT_FOUNDRY_AUDIENCE", "false"));
        CompletableFuture<Void> other = CompletableFuture.runAsync(shut::start);
        open.start();
        other.join();
        client = new Client(open.ports().web());
        metrics = new Metrics(client);
        refusal = new Refusal("http://localhost:" + open.ports().web());
    }

    @AfterAll
    void stop() {
        open.close();
        shut.close();
        provider.close();
        record.write();
    }

    private Map<String, String> settings() throws IOException {
        String entra = main.entra().baseUrl() + "/" + Good.PREFIX + "01/";
        String keys = entra + "discovery/v2.0/keys";
        Path agents = Files.createTempFile("agents", ".json");
        agents.toFile().deleteOnExit();
        Files.writeString(
                agents,
                Files.readString(Path.of(System.getProperty("throughline.config"), "agents.json"))
                        .replace(
                                "\"passthroughClients\": []",
                                "\"passthroughClients\": [{\"clientId\":\"" + Refusal.API + "\",\"name\":\"foundry\"}]")
                        .replaceFirst(
                                "\"agents\": \\[",
                                "\"agents\": [{\"name\":\"narrow\",\"kind\":\"mcp-client\",\"route\":\"oauth\",\"clientId\":\""
                                        + NARROW + "\",\"tools\":[\"list-orders\",\"whoami\"],\"scopes\":[]},"));
        return Map.of(
                "AUTH_ISSUERS",
                entra + "v2.0," + entra + "," + OtherProvider.ISSUER,
                "AUTH_JWKS_URL",
                keys + "," + keys + "," + provider.keys(),
                "AUTH_ACCEPT_FOUNDRY_AUDIENCE",
                "true",
                "AGENTS_FILE",
                agents.toString());
    }

    @Test
    void the_tenants_older_issuer_is_one_like_any_other_where_it_is_listed() {
        TokenDraft good = ofVersion1();

        assertLetIn(IssuerCases.V1, good.sign());
        assertRefused(
                IssuerCases.V1_VERSION,
                "version_mismatch",
                good.with("ver", "2.0").sign());
        assertRefused(
                IssuerCases.V1_CLIENT,
                "client_missing",
                good.without("appid").with("azp", Good.WEB_CHAT).sign());
        assertLetIn(IssuerCases.V1, good.sign());
    }

    @Test
    void another_provider_is_one_like_any_other_where_it_is_listed() {
        TokenDraft good = OtherProvider.inItsWords(person());

        assertLetIn(IssuerCases.PROVIDER, provider.sign(good));
        assertRefused(
                IssuerCases.PROVIDER_TENANT, "tenant_mismatch", provider.sign(good.with("tid", Good.PREFIX + "02")));
        assertLetIn(IssuerCases.PROVIDER, person().sign());
        assertRefused(IssuerCases.PROVIDERS_KEY, "key_unknown", provider.sign(person()));
        assertRefused(IssuerCases.PROVIDERS_APP, "user_required", provider.sign(good.with("sub", Good.WEB_CHAT)));
        assertRefused(
                IssuerCases.PROVIDERS_SCOPES,
                "user_required",
                provider.sign(good.without("scope").with("scp", "Orders.Read Orders.Write")));
        assertLetIn(IssuerCases.PROVIDER, provider.sign(good));
    }

    @Test
    void an_actor_takes_rights_away_and_must_be_known() {
        TokenDraft good = OtherProvider.inItsWords(person());
        assertLetIn(IssuerCases.PROVIDER, provider.sign(good));

        String acted = provider.sign(good.with("act", Map.of("sub", Good.ASSISTANT)));
        assertReads(acted);
        assertTrue(call(acted, "update-order", "{\"id\":\"ORD-003\",\"quantity\":2}")
                .contains("This needs your approval"));
        assertTrue(call(acted, "whoami").contains("orders-assistant"));
        passed(IssuerCases.ACTOR, Door.ALL);
        assertReads(provider.sign(good.with("act", OtherProvider.actors(7))));
        passed(IssuerCases.ACTORS, Door.ALL);

        assertRefused(
                IssuerCases.STRANGER,
                "client_not_registered",
                provider.sign(good.with("act", Map.of("sub", "stranger"))));
        assertRefused(
                IssuerCases.STRANGER_BEHIND,
                "client_not_registered",
                provider.sign(good.with("act", Map.of("sub", Good.ASSISTANT, "act", Map.of("sub", "stranger")))));
        assertRefused(IssuerCases.TOO_MANY, "claims_invalid", provider.sign(good.with("act", OtherProvider.actors(8))));
        assertRefused(
                IssuerCases.SELF,
                "claims_invalid",
                provider.sign(good.with("act", Map.of("sub", good.claims().get("sub")))));
        assertReads(acted);
    }

    @Test
    void an_agent_may_use_the_tools_of_its_grant_and_no_others() {
        String narrow = person().with("azp", NARROW).sign();

        assertTrue(Door.LIST.isOpen(client.knock(Door.LIST, Presentation.bearing(narrow))));
        assertDenied("tool_not_granted", WRITING, narrow);
        passed(IssuerCases.GRANT, WRITING);
    }

    @Test
    void a_token_that_is_passed_through_reads_its_persons_own_rows_on_mcp_and_nothing_else() {
        TokenDraft vic = main.entra().tokens().userForFoundry("vic");
        TokenDraft ada = main.entra()
                .tokens()
                .userForFoundry("ada")
                .with("roles", List.of("Admin"))
                .with("scp", "Orders.Read Orders.Write user_impersonation");

        for (Map.Entry<String, TokenDraft> person : Map.of(VIC, vic, ADA, ada).entrySet()) {
            String token = person.getValue().sign();
            String orders = call(token, "list-orders");
            assertTrue(orders.contains(person.getKey()), orders);
            for (String other : List.of("b1", "b2", "b3", "b4")) {
                assertTrue(person.getKey().endsWith(other) || !orders.contains(Good.PREFIX + other), orders);
            }
            String who = call(token, "whoami");
            assertTrue(who.contains("\"roles\":[]") && who.contains("\"scopes\":[]"), who);
            assertDenied("reading_only", EnumSet.of(Door.TOOL), token);
            assertDenied("mcp_only", EnumSet.complementOf(EnumSet.of(Door.TOOL, Door.TOOLS, Door.CREATE)), token);
        }
        passed(IssuerCases.PASSED, Door.ALL);
        assertRefused(
                IssuerCases.PASSED_BY_OTHERS,
                "client_not_registered",
                vic.with("appid", Good.WEB_CHAT).sign());
        assertRefused(
                IssuerCases.PASSED_V2,
                "audience_mismatch",
                person().with("aud", "https://ai.azure.com").sign());
        assertFalse(call(vic.sign(), "list-orders").contains("\"isError\":true"));
    }

    @Test
    void the_same_token_is_refused_where_that_is_switched_off() {
        Client there = new Client(shut.ports().web());
        Metrics counted = new Metrics(there);
        Refusal said = new Refusal("http://localhost:" + shut.ports().web());
        String passed = main.entra().tokens().userForFoundry("vic").sign();
        assertTrue(call(passed, "list-orders").contains(VIC), "The control");
        there.knock(Door.ALL, Presentation.bearing(ofVersion1().sign()))
                .forEach((door, answer) -> assertTrue(door.isOpen(answer), door + " " + answer));

        Map<String, Integer> before = counted.rejections();
        there.knock(Door.ALL, Presentation.bearing(passed))
                .forEach((door, answer) -> said.assertRefused("audience_mismatch", answer));

        assertEquals(onEachDoor("audience_mismatch"), Metrics.between(before, counted.rejections()));
        passed(IssuerCases.NOT_SWITCHED_ON, Door.ALL);
    }

    private TokenDraft person() {
        return Good.asNewPerson(main.entra().tokens().user("ada"));
    }

    /** The same person's token as version 1.0 says it. */
    private TokenDraft ofVersion1() {
        TokenDraft good = person();
        String issuer = (String) good.claims().get("iss");
        return good.with("iss", issuer.replace("/v2.0", "/"))
                .with("ver", "1.0")
                .without("azp")
                .with("appid", Good.WEB_CHAT);
    }

    private void assertLetIn(Case shown, String token) {
        client.knock(Door.ALL, Presentation.bearing(token))
                .forEach((door, answer) -> assertTrue(door.isOpen(answer), door + " " + answer));
        passed(shown, Door.ALL);
    }

    private void assertRefused(Case shown, String reason, String token) {
        Map<String, Integer> before = metrics.rejections();
        client.knock(Door.ALL, Presentation.bearing(token))
                .forEach((door, answer) -> refusal.assertRefused(reason, answer));
        assertEquals(onEachDoor(reason), Metrics.between(before, metrics.rejections()));
        passed(shown, Door.ALL);
    }

    private static Map<String, Integer> onEachDoor(String reason) {
        Map<String, Integer> counts = new HashMap<>();
        Door.ALL.forEach(door -> counts.merge(reason + " " + door.adapter, 1, Integer::sum));
        return counts;
    }

    private void assertReads(String token) {
        assertTrue(Door.LIST.isOpen(client.knock(Door.LIST, Presentation.bearing(token))));
        assertTrue(call(token, "list-orders").contains("ORD-001"));
    }

    private void assertDenied(String reason, Set<Door> doors, String token) {
        client.knock(doors, Presentation.bearing(token)).forEach((door, answer) -> {
            if (door == Door.TOOL) {
                assertTrue(answer.body().contains(Sentences.of(reason)), door + " " + answer);
            } else {
                assertEquals("403 " + reason, answer.status() + " " + answer.reason(), door + " " + answer);
            }
        });
    }

    private String call(String token, String tool) {
        return call(token, tool, "{}");
    }

    private String call(String token, String tool, String arguments) {
        Answer answer = client.knock(
                Door.TOOL,
                Presentation.bearing(token)
                        .withBody("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                                + tool + "\",\"arguments\":" + arguments + "}}"));
        assertEquals(200, answer.status(), answer.toString());
        return answer.body();
    }

    private void passed(Case shown, Set<Door> doors) {
        record.passed(shown, doors, doors.size());
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(name, value);
        return changed;
    }
}
