package dev.throughline.local.entra;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A stand-in for Microsoft Entra ID on the loopback address: sign-in, consent and tokens for the sample people, strict
 * where the real service is strict. Keys, consents and what refresh tokens need are kept in the data folder, where the
 * file {@code api-certificate.pem}, if there is one, holds certificates of our API's registration. The package's
 * description lists what is not imitated.
 */
public final class EntraStandIn implements AutoCloseable {

    private final URI baseUrl;
    private final Directory directory;
    private final SigningKeys keys;
    private final Consents consents;
    private final Revocations revocations;
    private final TestControls controls;
    private final TokenFactory tokens;
    private final TokenWorkshop workshop;
    private final ApiCertificates certificates;
    private final Listeners listeners;

    /**
     * Starts it.
     *
     * @param dataDir where it keeps its keys and consents, in a folder of its own
     * @throws java.io.UncheckedIOException if the port is taken or the folder cannot be written
     */
    public static EntraStandIn start(LocalPorts ports, LocalSecrets secrets, Path dataDir) {
        return start(ports, secrets, dataDir, Clock.systemUTC());
    }

    static EntraStandIn start(LocalPorts ports, LocalSecrets secrets, Path dataDir, Clock clock) {
        return new EntraStandIn(ports, secrets, dataDir, clock);
    }

    private EntraStandIn(LocalPorts ports, LocalSecrets secrets, Path dataDir, Clock clock) {
        Path folder = dataDir.resolve("entra");
        this.baseUrl = URI.create("http://localhost:" + ports.entra());
        String base = baseUrl.toString();
        this.directory = new Directory(ports, secrets);
        this.keys = new SigningKeys(new PrivateFile(folder.resolve("signing-keys.json")));
        this.consents = new Consents(directory, new PrivateFile(folder.resolve("consents.json")));
        this.revocations = new Revocations(new PrivateFile(folder.resolve("revocations.json")), clock);
        this.controls = new TestControls(clock);
        this.tokens = new TokenFactory(base, keys, clock);
        this.certificates = new ApiCertificates(dataDir.resolve("api-certificate.pem"));
        ClientAssertions assertions = new ClientAssertions(
                new CertificateCredentials(certificates, tokens, base, clock),
                new FederatedCredentials(directory, tokens, keys, clock));
        this.workshop = new TokenWorkshop(directory, tokens, keys);

        RefreshTokens refreshTokens = new RefreshTokens(new PrivateFile(folder.resolve("refresh.key")), clock);
        // Longer than a code lives, so that "redeemed" and "expired" can be told from "unknown".
        Expiring<AuthorizationCode> codes = new Expiring<>(10_000, Duration.ofHours(1), clock);
        Sessions sessions = new Sessions(clock);
        TokenAnswers answers = new TokenAnswers(consents, tokens, refreshTokens);
        Map<String, Grant> grants = Map.of(
                "authorization_code",
                new CodeGrant(directory, codes, answers, clock),
                "refresh_token",
                new RefreshGrant(directory, refreshTokens, revocations, answers, clock),
                "client_credentials",
                new ClientCredentialsGrant(directory, answers),
                TokenEndpoint.ON_BEHALF_OF,
                new OnBehalfOfGrant(directory, keys, tokens, answers, clock));
        this.listeners = new Listeners(
                ports.entra(),
                new Router(
                        directory,
                        keys,
                        new AuthorizeEndpoint(directory, consents, codes, sessions, base, clock),
                        new LogoutEndpoint(directory, sessions),
                        new TokenEndpoint(directory, assertions, grants, controls, base, clock),
                        base,
                        ports.entra(),
                        clock));
    }

    /** Where it listens: the address that tokens' issuers begin with, without a trailing slash. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** Signs with a new key from now on; the old one stays published until {@link #dropRetiredKeys()}. */
    public void rotateKeys() {
        keys.rotate();
    }

    /** Stops publishing, and trusting, all keys but the current one. */
    public void dropRetiredKeys() {
        keys.dropRetired();
    }

    /** For tests: forgets every person's consent to every application. */
    public void forgetConsents() {
        consents.forget();
    }

    /**
     * For tests: withdraws one person's consent to one application, as on the real service's "My Apps" page.
     *
     * @param person the first name, such as {@code vic}
     */
    public void withdrawConsent(String person, String clientId) {
        consents.withdraw(directory.personByName(person), directory.appById(clientId));
    }

    /**
     * For tests: revokes the refresh tokens of all that one person signed in to until now.
     *
     * @param person the first name, such as {@code vic}
     */
    public void revokeSessions(String person) {
        revocations.revoke(directory.personByName(person));
    }

    /** For tests: the next on-behalf-of request is refused with this; several queue up. */
    public void answerNextOnBehalfOfWith(AadError error) {
        controls.nextOnBehalfOf(TestControls.refusal(error));
    }

    /** For tests: the next on-behalf-of request gets this answer, such as the HTML of a proxy in trouble. */
    public void answerNextOnBehalfOfWith(int status, String contentType, String body) {
        controls.nextOnBehalfOf(TestControls.raw(status, contentType, body));
    }

    /** For tests: the next on-behalf-of request waits this long before its ordinary answer. */
    public void delayNextOnBehalfOf(Duration delay) {
        controls.nextOnBehalfOf(TestControls.delay(delay));
    }

    /** For tests: what the token endpoint received, oldest first; the last 1000 requests. */
    public List<ReceivedRequest> requests() {
        return controls.received();
    }

    /** For tests: genuine and doctored tokens without a sign-in. */
    public TokenWorkshop tokens() {
        return workshop;
    }

    /**
     * Adds a certificate to our API's registration, whose key may from now on sign client assertions.
     *
     * @throws IllegalArgumentException if its key is not RSA, or has less than 2048 bits
     */
    public void registerCertificate(X509Certificate certificate) {
        certificates.register(certificate);
    }

    /**
     * For tests: a host's endpoint for tokens of the managed identity that our API's registration trusts. Whoever
     * starts it closes it.
     */
    public ManagedIdentityEndpoint startManagedIdentityEndpoint() {
        return new ManagedIdentityEndpoint(directory, tokens);
    }

    @Override
    public void close() {
        listeners.close();
    }
}
