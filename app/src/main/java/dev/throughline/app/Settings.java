package dev.throughline.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;

/**
 * The settings by their names in the documentation, with their defaults. What is missing or does not fit stops the
 * start with one sentence that names the variable.
 */
@ApplicationScoped
class Settings {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> ENVIRONMENTS = Set.of("local", "dev", "test", "uat", "staging", "prod");

    @Inject
    private Config config;

    String environment() {
        String environment = text("ENVIRONMENT").orElse("prod");
        if (!ENVIRONMENTS.contains(environment)) {
            throw new InvalidSettingException("ENVIRONMENT", "must be one of local, dev, test, uat, staging and prod");
        }
        return environment;
    }

    boolean local() {
        return environment().equals("local");
    }

    UUID tenant() {
        return guid("AZURE_TENANT_ID");
    }

    /** Our API's app registration, which is never the managed identity that the server runs as. */
    UUID apiClientId() {
        UUID api = guid("AZURE_AD_CLIENT_ID");
        if (text("AZURE_CLIENT_ID").filter(api.toString()::equalsIgnoreCase).isPresent()) {
            throw new InvalidSettingException(
                    "AZURE_CLIENT_ID", "must be the managed identity, not the app registration of AZURE_AD_CLIENT_ID");
        }
        return api;
    }

    /** Authentication cannot be switched off, so a setting that asks for it must not be passed over in silence. */
    void requireAuthentication() {
        if (!text("AUTH_REQUIRED").orElse("true").equals("true")) {
            throw new InvalidSettingException("AUTH_REQUIRED", "must be true: there is no mode without sign-in");
        }
    }

    /** The authority without a slash at its end, such as {@code https://login.microsoftonline.com/{tenant}}. */
    URI authority() {
        return address("AUTH_AUTHORITY", Optional.of("https://login.microsoftonline.com/" + tenant()));
    }

    /** Who may issue tokens; the first is where people sign in. */
    List<String> issuers() {
        List<String> issuers = inOrder(text("AUTH_ISSUERS").orElse(authority() + "/v2.0"));
        if (issuers.isEmpty() || Set.copyOf(issuers).size() != issuers.size()) {
            throw new InvalidSettingException("AUTH_ISSUERS", "must list each issuer once");
        }
        return issuers;
    }

    String issuer() {
        return issuers().get(0);
    }

    /** Where each issuer publishes its keys, in the order of the issuers; those of one tenant share theirs. */
    List<URI> keys() {
        List<URI> keys = text("AUTH_JWKS_URL")
                .map(text -> inOrder(text).stream()
                        .map(entry -> addressOf("AUTH_JWKS_URL", entry))
                        .toList())
                .orElse(List.of(addressOf("AUTH_AUTHORITY", authority() + "/discovery/v2.0/keys")));
        boolean oneTenant = issuers().stream().allMatch(issuer -> issuer.contains("/" + tenant() + "/"));
        if (keys.size() == 1 && oneTenant) {
            return Collections.nCopies(issuers().size(), keys.get(0));
        }
        if (keys.size() != issuers().size()) {
            throw new InvalidSettingException("AUTH_JWKS_URL", "must list one address for each of AUTH_ISSUERS");
        }
        return keys;
    }

    /** Whether a token that was verified once is remembered. */
    boolean tokenCache() {
        return oneOf("TOKEN_CACHE", "on", "off").equals("on");
    }

    /** Whether tokens that were made for the agent service may be passed through to us. */
    boolean acceptsFoundryAudience() {
        return oneOf("AUTH_ACCEPT_FOUNDRY_AUDIENCE", "false", "true").equals("true");
    }

    Set<String> audiences() {
        return text("AUTH_AUDIENCES")
                .map(Settings::list)
                .orElse(Set.of(apiClientId().toString(), "api://" + apiClientId()));
    }

    String scopePrefix() {
        return text("AUTH_SCOPE_PREFIX").orElse("api://" + apiClientId());
    }

    String clientSecret() {
        return required("AUTH_CLIENT_SECRET");
    }

    URI publicUrl() {
        return address("PUBLIC_URL", local() ? Optional.of("http://localhost:9080") : Optional.empty());
    }

    Set<String> corsOrigins() {
        return text("CORS_ALLOWED_ORIGINS").map(Settings::list).orElse(Set.of());
    }

    Path agentsFile() {
        return Path.of(required("AGENTS_FILE"));
    }

    URI project() {
        return address("FOUNDRY_PROJECT_ENDPOINT", Optional.empty());
    }

    String agent() {
        return required("AGENT_NAME");
    }

    /** Hosts in lower case; none by mistake outside a local run, where every consent would then fail. */
    Set<String> consentLinkHosts() {
        Set<String> hosts = text("CONSENT_LINK_HOSTS")
                .map(text -> list(text.toLowerCase(Locale.ROOT)))
                .orElse(Set.of());
        if (hosts.isEmpty() && !local()) {
            throw missing("CONSENT_LINK_HOSTS");
        }
        return hosts;
    }

    /** The key of cursors; at least 256 bits, base64url. */
    byte[] stateKey() {
        String text = required("STATE_KEY");
        try {
            byte[] key = Base64.getUrlDecoder().decode(text);
            if (key.length >= 32) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through to the one sentence about it.
        }
        throw new InvalidSettingException("STATE_KEY", "must be at least 32 random bytes in base64url");
    }

    String databaseUrl() {
        return required("DB_URL");
    }

    String databaseUser() {
        return required("DB_USER");
    }

    String migrationUser() {
        return required("DB_MIGRATION_USER");
    }

    String migrationPassword() {
        return required("DB_MIGRATION_PASSWORD");
    }

    private Optional<String> text(String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    private String required(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    private String oneOf(String name, String otherwise, String other) {
        String text = text(name).orElse(otherwise);
        if (!text.equals(otherwise) && !text.equals(other)) {
            throw new InvalidSettingException(name, "must be " + otherwise + " or " + other);
        }
        return text;
    }

    private UUID guid(String name) {
        try {
            return UUID.fromString(required(name));
        } catch (IllegalArgumentException e) {
            throw e instanceof InvalidSettingException ? e : new InvalidSettingException(name, "must be a GUID");
        }
    }

    /** An address without a slash at its end: https, or for a local run http on this machine. */
    private URI address(String name, Optional<String> otherwise) {
        return addressOf(name, text(name).or(() -> otherwise).orElseThrow(() -> missing(name)));
    }

    private URI addressOf(String name, String text) {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (uri.getHost() != null && (isHttps(uri) || local() && isLoopbackHttp(uri))) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Falls through to the one sentence about it.
        }
        throw new InvalidSettingException(name, "must be an https address (or, for a local run, http on localhost)");
    }

    private static boolean isHttps(URI uri) {
        return "https".equals(uri.getScheme());
    }

    private static boolean isLoopbackHttp(URI uri) {
        return "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
    }

    private static InvalidSettingException missing(String name) {
        return new InvalidSettingException(name, "is not set");
    }

    private static Set<String> list(String text) {
        return Set.copyOf(inOrder(text));
    }

    private static List<String> inOrder(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
