package dev.throughline.out.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.Delegation.Failure;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.entra.EntraStandIn;
import dev.throughline.local.entra.ManagedIdentityEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two proofs that need no secret, against the stand-in, which checks each as the service does. */
class EntraStandInCredentialsTest {
    private static final String TENANT = "c0ffee00-0000-4000-8000-000000000001";
    private static final String IDENTITY = "c0ffee00-0000-4000-8000-0000000000d1";
    private static final String ANOTHER_IDENTITY = "c0ffee00-0000-4000-8000-0000000000d2";
    private static final ClientId API = new ClientId("c0ffee00-0000-4000-8000-0000000000a1");
    private static final User VIC = new User(
            new TenantId(UUID.fromString(TENANT)),
            new UserId(UUID.fromString("c0ffee00-0000-4000-8000-0000000000b4")),
            Set.of(Role.VIEWER));

    @TempDir
    private Path folder;

    private EntraStandIn entra;

    @BeforeEach
    void start() {
        entra = EntraStandIn.start(LocalPorts.free(), LocalSecrets.loadOrCreate(folder), folder);
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    private static Delegation exchanged(URI endpoint, ClientCredential credential, String token) {
        return new EntraDelegatedTokens(new EntraSettings(endpoint, API, credential))
                .onBehalfOf(
                        VIC,
                        new UserAssertion(token, Instant.now().plusSeconds(3600)),
                        DelegatedTokensContract.FOUNDRY);
    }

    private URI endpoint() {
        return URI.create(entra.baseUrl() + "/" + TENANT + "/oauth2/v2.0/token");
    }

    private String vicsToken() {
        return entra.tokens().user("vic").sign();
    }

    @Test
    void our_certificate_is_accepted_as_often_as_it_signs() throws Exception {
        PemFiles pem = new PemFiles(folder);
        PemFiles.Pair pair = pem.rsa();
        ClientCredential certificate =
                new ClientCredential.Certificate(pem.file(pair.keyBlock() + pair.certificateBlock()));
        assertEquals(new Delegation.Refused(Failure.MISCONFIGURED), exchanged(endpoint(), certificate, vicsToken()));

        entra.registerCertificate((X509Certificate) pair.certificate());

        for (int i = 0; i < 2; i++) {
            assertInstanceOf(Delegation.Issued.class, exchanged(endpoint(), certificate, vicsToken()));
        }
    }

    @Test
    void our_managed_identity_is_accepted() throws Exception {
        assertEquals("Issued", exchangedOnAHost(IDENTITY));
    }

    @Test
    void an_identity_that_the_host_does_not_have_is_our_fault() throws Exception {
        assertEquals("Refused MISCONFIGURED", exchangedOnAHost(ANOTHER_IDENTITY));
    }

    /** What runs on the host: where it gets tokens of its identity stands in the environment of its process. */
    static final class OnAHost {
        private OnAHost() {}

        public static void main(String[] arguments) throws IOException {
            String token = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            Delegation delegation =
                    exchanged(URI.create(arguments[0]), new ClientCredential.ManagedIdentity(arguments[1]), token);
            System.out.print(
                    delegation instanceof Delegation.Refused refused
                            ? "Refused " + refused.failure()
                            : delegation.getClass().getSimpleName());
        }
    }

    private String exchangedOnAHost(String identity) throws Exception {
        Path log = folder.resolve("log");
        try (ManagedIdentityEndpoint host = entra.startManagedIdentityEndpoint()) {
            ProcessBuilder command = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            OnAHost.class.getName(),
                            endpoint().toString(),
                            identity)
                    .redirectError(log.toFile());
            command.environment().put("IDENTITY_ENDPOINT", host.address().toString());
            command.environment().put("IDENTITY_HEADER", host.header());
            Process process = command.start();
            try (OutputStream input = process.getOutputStream()) {
                input.write(vicsToken().getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            String logged = Files.readString(log);
            assertFalse(logged.contains(host.header()), "the header's value is a secret");
            assertFalse(logged.contains("eyJ"), "no token is logged");
            assertEquals(0, process.exitValue(), logged);
            return said;
        }
    }
}
