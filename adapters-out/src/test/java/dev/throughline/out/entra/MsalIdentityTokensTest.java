package dev.throughline.out.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.out.http.WireServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against a host that speaks as App Service and Container Apps do. Where the host is stands in the environment, so that
 * each asker is a process of its own.
 */
class MsalIdentityTokensTest {
    private static final String IDENTITY = "c0ffee00-0000-4000-8000-0000000000d1";
    private static final Instant END = Instant.parse("2126-11-21T16:00:00Z");

    @TempDir
    private Path folder;

    private final WireServer host = new WireServer();

    @AfterEach
    void stop() {
        host.close();
    }

    /** What runs in that process: it wants two tokens and says what became of each. */
    static final class Asker {
        private Asker() {}

        public static void main(String[] arguments) throws InterruptedException {
            MsalIdentityTokens tokens = new MsalIdentityTokens(new ClientCredential.ManagedIdentity(arguments[0]));
            for (int i = 0; i < 2; i++) {
                try {
                    IdentityToken token = tokens.next().get();
                    System.out.println("token " + token.value() + " until " + token.expiresAt() + " shown as " + token);
                } catch (ExecutionException e) {
                    System.out.println(e.getCause().getClass().getSimpleName() + ": "
                            + e.getCause().getMessage());
                }
            }
        }
    }

    private String asked() throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Asker.class.getName(),
                        IDENTITY)
                .redirectError(folder.resolve("log").toFile());
        command.environment()
                .put("IDENTITY_ENDPOINT", host.address("/msi/token").toString());
        command.environment().put("IDENTITY_HEADER", "marker-of-the-header");
        Process asker = command.start();
        String said = new String(asker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(asker.waitFor(30, TimeUnit.SECONDS));
        String logged = Files.readString(folder.resolve("log"));
        assertTrue(logged.contains("com.microsoft.aad.msal4j"), "the library logs: " + logged);
        assertFalse(logged.contains("marker"), logged);
        assertFalse(logged.contains("the-token"), logged);
        return said;
    }

    private static String token(String value) {
        return "{\"access_token\":\"" + value + "\",\"expires_on\":\"" + END.getEpochSecond()
                + "\",\"resource\":\"api://AzureADTokenExchange\",\"token_type\":\"Bearer\",\"client_id\":\"" + IDENTITY
                + "\"}";
    }

    @Test
    void the_host_is_asked_as_documented_for_a_token_that_is_made_for_token_exchange() throws Exception {
        host.answers(200, "application/json", token("the-token"));

        String said = asked();

        String one = "token the-token until " + END + " shown as IdentityToken[expiresAt=" + END + "]\n";
        assertEquals(one + one, said);
        assertEquals(2, host.requests().size(), "each token is a new one");
        WireServer.Request request = host.requests().get(0);
        assertEquals(
                "GET /msi/token?api-version=2019-08-01&resource=api%3A%2F%2FAzureADTokenExchange&client_id=" + IDENTITY,
                request.method() + " " + request.target());
        assertEquals("marker-of-the-header", request.headers().get("x-identity-header"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void an_identity_that_the_machine_does_not_have_is_an_operators_affair(int status) throws Exception {
        host.answers(status, "application/json", "{\"statusCode\":" + status + ",\"message\":\"marker-of-the-text\"}");

        String said = asked();

        assertTrue(
                said.contains(
                        "UnusableCredentialException: is a managed identity that this machine may not have: status "
                                + status),
                said);
        assertFalse(said.contains("marker"), said);
        assertEquals(2, host.requests().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "503 busy",
                "200 <html>marker</html>",
                "200 {\"access_token\":\"marker\"",
                "200 {\"access_token\":\"\"}",
                "200 []",
                "302 marker"
            })
    void a_host_that_is_unwell_may_be_well_later(String answer) throws Exception {
        host.answers(exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", host.address("/elsewhere").toString());
            WireServer.send(
                    exchange, Integer.parseInt(answer.substring(0, 3)), "application/json", answer.substring(4));
        });

        String said = asked();

        assertTrue(said.contains("IOException: No token of the managed identity"), said);
        assertFalse(said.contains("marker"), said);
        assertEquals(2, host.requests().size());
    }
}
