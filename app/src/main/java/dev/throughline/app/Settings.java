package dev.throughline.app;

import dev.throughline.in.mcp.ProtocolVersions;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * All settings, read and checked at once: where anything is missing or does not fit, there are none, and one sentence
 * names the variable.
 *
 * @param environment where the application runs
 * @param authRequired whether callers are authenticated
 * @param publicUrl the address that clients see, without a slash at its end
 * @param corsOrigins the origins whose pages may call us, besides our own
 * @param registration our API's app registration
 * @param trust whose tokens count
 * @param agents whom people talk to
 * @param database the database, and as whom we work there
 * @param limits how often callers may ask
 * @param mcpRevisions the revisions of MCP that clients may speak
 * @param stateKey the key of what we hand out
 * @param identityKey the key by which the database believes who is asking
 * @param audit how the audit log is signed for
 */
record Settings(
        Environment environment,
        boolean authRequired,
        URI publicUrl,
        Set<String> corsOrigins,
        Registration registration,
        Trust trust,
        AgentSettings agents,
        DatabaseSettings database,
        LimitSettings limits,
        ProtocolVersions mcpRevisions,
        SharedKey stateKey,
        SharedKey identityKey,
        AuditSettings audit) {
    private static final String AUTH_REQUIRED = "AUTH_REQUIRED";
    private static final String PUBLIC_URL = "PUBLIC_URL";
    private static final String MCP_OLDEST_REVISION = "MCP_OLDEST_REVISION";

    /** @throws InvalidSettingException for the first setting that is missing or does not fit */
    static Settings read(Variables variables) {
        Environment environment = Environment.read(variables);
        boolean authRequired = authRequired(variables, environment);
        Addresses addresses = new Addresses(variables, environment);
        Registration registration = Registration.read(variables, authRequired);
        return new Settings(
                environment,
                authRequired,
                publicUrl(addresses, environment),
                CorsOrigins.read(variables, environment),
                registration,
                new TrustReader(variables, addresses, registration).trust(),
                AgentSettings.read(variables, addresses, environment),
                DatabaseSettings.read(variables),
                LimitSettings.read(variables),
                mcpRevisions(variables),
                SharedKey.read(SharedKey.STATE, variables, environment),
                SharedKey.read(SharedKey.IDENTITY, variables, environment),
                AuditSettings.read(variables, environment, registration.tenant()));
    }

    boolean local() {
        return environment == Environment.LOCAL;
    }

    private static boolean authRequired(Variables variables, Environment environment) {
        boolean required = variables.isFirst(AUTH_REQUIRED, "true", "false");
        if (!required && !environment.ofDevelopers()) {
            throw new InvalidSettingException(
                    AUTH_REQUIRED,
                    "may be false only where ENVIRONMENT is local, dev or test; here it is " + environment);
        }
        return required;
    }

    private static ProtocolVersions mcpRevisions(Variables variables) {
        return variables
                .text(MCP_OLDEST_REVISION)
                .map(oldest -> ProtocolVersions.since(oldest)
                        .orElseThrow(() -> new InvalidSettingException(
                                MCP_OLDEST_REVISION, "must be 2025-03-26, 2025-06-18, 2025-11-25 or 2026-07-28")))
                .orElseGet(ProtocolVersions::all);
    }

    private static URI publicUrl(Addresses addresses, Environment environment) {
        URI url = addresses.of(
                PUBLIC_URL, environment == Environment.LOCAL ? Optional.of("http://localhost:9080") : Optional.empty());
        if (!url.getRawPath().isEmpty()) {
            throw new InvalidSettingException(PUBLIC_URL, "must not have a path in it");
        }
        return url;
    }
}
