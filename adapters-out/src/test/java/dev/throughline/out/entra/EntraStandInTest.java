package dev.throughline.out.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.throughline.access.ClientId;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.Delegation.Failure;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.entra.EntraStandIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the stand-in, which checks assertion, credential, scope and consent as the service does. */
class EntraStandInTest extends DelegatedTokensContract {
    private static final String TENANT = "c0ffee00-0000-4000-8000-000000000001";
    private static final ClientId API = new ClientId("c0ffee00-0000-4000-8000-0000000000a1");

    private final User vic = person("b4", Role.VIEWER);
    private final User ada = person("b1", Role.ADMIN);

    @TempDir
    private Path folder;

    private EntraStandIn entra;
    private LocalSecrets secrets;
    private EntraDelegatedTokens tokens;

    @BeforeEach
    void start() {
        secrets = LocalSecrets.loadOrCreate(folder);
        entra = EntraStandIn.start(LocalPorts.free(), secrets, folder);
        tokens = with(secrets.apiClientSecret());
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    private EntraDelegatedTokens with(String secret) {
        URI endpoint = URI.create(entra.baseUrl() + "/" + TENANT + "/oauth2/v2.0/token");
        return new EntraDelegatedTokens(new EntraSettings(endpoint, API, new ClientCredential.Secret(secret)));
    }

    private static User person(String id, Role role) {
        return new User(
                new TenantId(UUID.fromString(TENANT)),
                new UserId(UUID.fromString("c0ffee00-0000-4000-8000-0000000000" + id)),
                Set.of(role));
    }

    @Override
    DelegatedTokens tokens() {
        return tokens;
    }

    @Override
    User vic() {
        return vic;
    }

    @Override
    User ada() {
        return ada;
    }

    @Override
    UserAssertion assertionOf(User user) {
        return presented(entra.tokens().user(user.equals(vic) ? "vic" : "ada").sign());
    }

    @Override
    void failNext(Delegation.NotIssued failure) {
        entra.answerNextOnBehalfOfWith(400, "application/json", TokenWire.error(failure));
    }

    @Test
    void an_expired_assertion_is_rejected() {
        assertFailure(
                Failure.ASSERTION_REJECTED, entra.tokens().user("vic").expired().sign());
    }

    @Test
    void an_assertion_for_another_audience_is_rejected() {
        assertFailure(
                Failure.ASSERTION_REJECTED,
                entra.tokens().user("vic").with("aud", "https://ai.azure.com").sign());
    }

    @Test
    void an_assertion_of_an_application_is_rejected() {
        String application = entra.tokens()
                .application("c0ffee00-0000-4000-8000-0000000000a5")
                .with("aud", API.value())
                .sign();
        assertFailure(Failure.ASSERTION_REJECTED, application);
    }

    @Test
    void a_wrong_secret_is_our_fault() {
        Delegation delegation = with("not-the-secret").onBehalfOf(vic, assertionOf(vic), FOUNDRY);
        assertEquals(new Delegation.Refused(Failure.MISCONFIGURED), delegation);
    }

    @Test
    void an_audience_that_does_not_exist_is_our_fault() {
        Delegation delegation = tokens.onBehalfOf(vic, assertionOf(vic), "https://nobody.example");
        assertEquals(new Delegation.Refused(Failure.MISCONFIGURED), delegation);
    }

    private static UserAssertion presented(String token) {
        return new UserAssertion(token, Instant.now().plusSeconds(3600));
    }

    private void assertFailure(Failure failure, String assertion) {
        assertInstanceOf(
                Delegation.Issued.class,
                tokens.onBehalfOf(vic, presented(entra.tokens().user("vic").sign()), FOUNDRY));
        assertEquals(new Delegation.Refused(failure), tokens.onBehalfOf(vic, presented(assertion), FOUNDRY));
    }
}
