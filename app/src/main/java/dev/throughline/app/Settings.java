package dev.throughline.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * The settings by their names in the documentation, with their defaults. What is missing or does not fit stops the
 * start with one sentence that names the variable.
 */
@ApplicationScoped
class Settings {
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

    UUID apiClientId() {
        return guid("AZURE_AD_CLIENT_ID");
    }

    /** The authority without a slash at its end, such as {@code https://login.microsoftonline.com/{tenant}}. */
    URI authority() {
        URI authority = uri("AUTH_AUTHORITY", "https://login.microsoftonline.com/" + tenant());
        if (!local() && !"https".equals(authority.getScheme())) {
            throw new InvalidSettingException("AUTH_AUTHORITY", "must be https outside the local environment");
        }
        return authority;
    }

    String issuer() {
        return text("AUTH_ISSUERS").orElse(authority() + "/v2.0");
    }

    URI keys() {
        return uri("AUTH_JWKS_URL", authority() + "/discovery/v2.0/keys");
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
        return uri("PUBLIC_URL", "http://localhost:9080");
    }

    Set<String> corsOrigins() {
        return text("CORS_ALLOWED_ORIGINS").map(Settings::list).orElse(Set.of());
    }

    Path agentsFile() {
        return Path.of(required("AGENTS_FILE"));
    }

    URI project() {
        return uri("FOUNDRY_PROJECT_ENDPOINT", null);
    }

    String agent() {
        return required("AGENT_NAME");
    }

    Set<String> consentLinkHosts() {
        return text("CONSENT_LINK_HOSTS").map(Settings::list).orElse(Set.of());
    }

    /** The key of cursors; at least 256 bits, base64url. */
    byte[] stateKey() {
        try {
            byte[] key = Base64.getUrlDecoder().decode(required("STATE_KEY"));
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
        return text(name).orElseThrow(() -> new InvalidSettingException(name, "is not set"));
    }

    private UUID guid(String name) {
        try {
            return UUID.fromString(required(name));
        } catch (IllegalArgumentException e) {
            throw e instanceof InvalidSettingException ? e : new InvalidSettingException(name, "must be a GUID");
        }
    }

    private URI uri(String name, @org.jspecify.annotations.Nullable String otherwise) {
        String text = otherwise == null ? required(name) : text(name).orElse(otherwise);
        String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        try {
            URI uri = URI.create(trimmed);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Falls through to the one sentence about it.
        }
        throw new InvalidSettingException(name, "must be an http or https address");
    }

    private static Set<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
