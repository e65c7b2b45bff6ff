package dev.throughline.app;

import dev.throughline.access.Scope;
import dev.throughline.out.entra.ClientCredential;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Our API's app registration.
 *
 * @param tenant the tenant whose people may call
 * @param client the registration itself
 * @param scopePrefix what its scopes are qualified with in discovery and challenges
 * @param credential its credential in the on-behalf-of exchange; empty only where nobody signs in
 */
record Registration(UUID tenant, UUID client, String scopePrefix, Optional<ClientCredential> credential) {
    private static final String TENANT = "AZURE_TENANT_ID";
    private static final String CLIENT = "AZURE_AD_CLIENT_ID";
    private static final String SCOPE_PREFIX = "AUTH_SCOPE_PREFIX";
    /** What may stand in the quotes of a challenge (RFC 6749 section 3.3) and has a scope's name put behind it. */
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9+.-]*://[A-Za-z0-9._~:/-]*[A-Za-z0-9._~-]");

    static Registration read(Variables variables, boolean authRequired) {
        UUID tenant = variables.guid(TENANT);
        UUID client = variables.guid(CLIENT);
        if (client.equals(tenant)) {
            throw new InvalidSettingException(
                    CLIENT, "must be the API's app registration, not the tenant of " + TENANT);
        }
        return new Registration(
                tenant,
                client,
                scopePrefix(variables, client),
                new CredentialReader(variables, client).credential(authRequired));
    }

    private static String scopePrefix(Variables variables, UUID client) {
        String prefix = variables.text(SCOPE_PREFIX).orElse("api://" + client);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new InvalidSettingException(
                    SCOPE_PREFIX, "must be an address such as api://" + client + ", without a slash at its end");
        }
        if (Arrays.stream(Scope.values()).anyMatch(scope -> prefix.endsWith("/" + scope.claim()))) {
            throw new InvalidSettingException(SCOPE_PREFIX, "must not end in the name of a scope");
        }
        return prefix;
    }
}
