package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.in.security.TokenIssuer;
import dev.throughline.out.database.DatabaseRoles;
import dev.throughline.out.entra.ClientCredential;
import dev.throughline.out.foundry.FoundrySettings.Endpoint;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal is one change of settings that are accepted, and one sentence that names the variable. */
class SettingsTest {
    private static final String ADDRESS = "must be an https address (or, for a local run, http on localhost)";
    private static final String PARTS = "must have neither a user nor a fragment in it";
    private static final String LIST = "must be a list with commas between entries that have no spaces";
    private static final String ROLE =
            "must be a role's name of 1 to 63 letters, digits and the characters _ . @ and -";
    private static final String DATABASE =
            "must be a PostgreSQL address such as jdbc:postgresql://host:5432/throughline";
    private static final String CREDENTIALS =
            "must hold neither a user nor a password; they have variables of their own";
    private static final String PROJECT =
            "must name a project, such as https://{account}.services.ai.azure.com/api/projects/{project}";
    private static final String HOSTS =
            "must list hosts without scheme, port and path, such as login.example.com or *.example.com";
    private static final String PREFIX =
            "must be an address such as api://" + Sample.API + ", without a slash at its end";
    private static final String FORM =
            "must spell an issuer of the tenant to end in /" + Sample.TENANT + "/v2.0 or /" + Sample.TENANT + "/";
    private static final String NO_CREDENTIAL =
            "is not set, and neither is AZURE_CLIENT_ID or AUTH_CLIENT_CERTIFICATE in its place";
    private static final String ONE_CREDENTIAL = "are set, of which only one may be: the API has one credential";
    private static final String NOT_RANDOM = "is not random; make another with: openssl rand 32 | basenc --base64url";

    /** A variable's value, nothing to take it away, and what is said then. */
    private record Change(String variable, @Nullable String value, String problem) {
        @Override
        public String toString() {
            return variable + "=" + value;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(environment(), registration(), issuers(), audiences(), agents(), keys(), database())
                .flatMap(List::stream);
    }

    private static List<Change> environment() {
        return List.of(
                change("ENVIRONMENT", "production", "must be one of local, dev, test, uat, staging, prod"),
                change("ENVIRONMENT", "Prod", "must be one of local, dev, test, uat, staging, prod"),
                change("AUTH_REQUIRED", "flase", "must be true or false"),
                change("AUTH_REQUIRED", "False", "must be true or false"),
                change("AUTH_REQUIRED", "0", "must be true or false"),
                change(
                        "AUTH_REQUIRED",
                        "false",
                        "may be false only where ENVIRONMENT is local, dev or test; here it is prod"),
                change("PUBLIC_URL", null, "is not set"),
                change("PUBLIC_URL", " ", "is not set"),
                change("PUBLIC_URL", "orders.contoso.example", ADDRESS),
                change("PUBLIC_URL", "http://orders.contoso.example", ADDRESS),
                change("PUBLIC_URL", "http://localhost:9080", ADDRESS),
                change("PUBLIC_URL", "ftp://orders.contoso.example", ADDRESS),
                change("PUBLIC_URL", "https://", ADDRESS),
                change("PUBLIC_URL", "https://*.contoso.example", ADDRESS),
                change("PUBLIC_URL", "https://a b", ADDRESS),
                change("PUBLIC_URL", "https://vic@orders.contoso.example", PARTS),
                change("PUBLIC_URL", "https://orders.contoso.example/#chat", PARTS),
                change("PUBLIC_URL", "https://orders.contoso.example?x=1", "must not have a query in it"),
                change("PUBLIC_URL", "https://orders.contoso.example/desk", "must not have a path in it"),
                change("CORS_ALLOWED_ORIGINS", "https://a.example,,https://b.example", LIST));
    }

    private static List<Change> registration() {
        return List.of(
                change("AZURE_TENANT_ID", null, "is not set"),
                change("AZURE_TENANT_ID", "common", "must be a GUID"),
                change("AZURE_TENANT_ID", "contoso.onmicrosoft.com", "must be a GUID"),
                change("AZURE_TENANT_ID", "1-1-1-1-1", "must be a GUID"),
                change("AZURE_AD_CLIENT_ID", null, "is not set"),
                change("AZURE_AD_CLIENT_ID", "api://" + Sample.API, "must be a GUID"),
                change(
                        "AZURE_AD_CLIENT_ID",
                        Sample.TENANT,
                        "must be the API's app registration, not the tenant of AZURE_TENANT_ID"),
                change(
                        "AZURE_CLIENT_ID",
                        Sample.API.toUpperCase(java.util.Locale.ROOT),
                        "must be the managed identity, not the app registration of AZURE_AD_CLIENT_ID"),
                change("AUTH_CLIENT_SECRET", null, NO_CREDENTIAL),
                change(
                        "AUTH_CLIENT_SECRET",
                        "0f8fad5b-d9cb-469f-a165-70867728950e",
                        "must be the secret's value, not its id"),
                change(
                        "AUTH_CLIENT_SECRET_FILE",
                        "/run/secrets/api",
                        "is not supported, so AUTH_CLIENT_SECRET must hold the secret itself"),
                change("AZURE_CLIENT_ID", "throughline-identity", "must be a GUID"),
                says(
                        "AZURE_CLIENT_ID and AUTH_CLIENT_SECRET",
                        ONE_CREDENTIAL,
                        "AZURE_CLIENT_ID",
                        "0f8fad5b-d9cb-469f-a165-70867728950e"),
                says(
                        "AUTH_CLIENT_CERTIFICATE and AUTH_CLIENT_SECRET",
                        ONE_CREDENTIAL,
                        "AUTH_CLIENT_CERTIFICATE",
                        "/config/api.pem"),
                change("AUTH_SCOPE_PREFIX", Sample.API, PREFIX),
                change("AUTH_SCOPE_PREFIX", "api://" + Sample.API + "/", PREFIX),
                change("AUTH_SCOPE_PREFIX", "api://orders\" x=\"", PREFIX),
                change("AUTH_SCOPE_PREFIX", "api://orders desk", PREFIX),
                change("AUTH_SCOPE_PREFIX", "api://orders?x", PREFIX),
                change("AUTH_SCOPE_PREFIX", "api://orders/Orders.Read", "must not end in the name of a scope"));
    }

    private static List<Change> issuers() {
        String notTold = "is not set, and AUTH_AUTHORITY, which does not end in the tenant, does not tell it";
        return List.of(
                change("AUTH_AUTHORITY", "login.microsoftonline.com/" + Sample.TENANT, ADDRESS),
                change("AUTH_AUTHORITY", "http://login.example/" + Sample.TENANT, ADDRESS),
                change("AUTH_AUTHORITY", "https://a@login.example/" + Sample.TENANT, PARTS),
                change(
                        "AUTH_AUTHORITY",
                        "https://login.example/" + Sample.TENANT + "?p=x",
                        "must not have a query in it"),
                change(
                        "AUTH_AUTHORITY",
                        "https://login.microsoftonline.com/common",
                        "must name the one tenant of AZURE_TENANT_ID instead of 'common'"),
                change(
                        "AUTH_AUTHORITY",
                        "https://login.microsoftonline.com/" + Sample.OTHER_TENANT,
                        "names another tenant than AZURE_TENANT_ID"),
                says("AUTH_ISSUERS", notTold, "AUTH_AUTHORITY", "https://login.microsoftonline.com/contoso.example"),
                change("AUTH_ISSUERS", "contoso", ADDRESS),
                change("AUTH_ISSUERS", "https://login.microsoftonline.com/{tenantid}/v2.0", ADDRESS),
                change("AUTH_ISSUERS", Sample.V2 + ",", LIST),
                change("AUTH_ISSUERS", Sample.V2 + " " + Sample.V1, LIST),
                change("AUTH_ISSUERS", Sample.V2 + "," + Sample.V2, "must list each issuer once"),
                change(
                        "AUTH_ISSUERS",
                        Sample.V2 + ",https://login.microsoftonline.com/organizations/v2.0",
                        "must name the one tenant of AZURE_TENANT_ID instead of 'organizations'"),
                change(
                        "AUTH_ISSUERS",
                        Sample.V2 + ",https://sts.windows.net/" + Sample.OTHER_TENANT + "/",
                        "names another tenant than AZURE_TENANT_ID"),
                change("AUTH_ISSUERS", Sample.V2 + "/", FORM),
                change("AUTH_ISSUERS", "https://sts.windows.net/" + Sample.TENANT, FORM),
                change("AUTH_ISSUERS", Sample.V2.replace("c0ffee00", "C0FFEE00"), FORM),
                says(
                        "AUTH_JWKS_URL",
                        "is not set, and must list where the issuers of AUTH_ISSUERS publish their keys",
                        "AUTH_ISSUERS",
                        Sample.V2 + ",https://id.example"),
                change("AUTH_JWKS_URL", "http://login.example/keys", ADDRESS),
                change("AUTH_JWKS_URL", "https://login.example/keys#k1", PARTS),
                change(
                        "AUTH_JWKS_URL",
                        "https://login.example/keys,https://id.example/keys",
                        "must list one address for each of AUTH_ISSUERS"),
                change("AUTH_ACCEPT_FOUNDRY_AUDIENCE", "yes", "must be false or true"),
                change(
                        "AUTH_ACCEPT_FOUNDRY_AUDIENCE",
                        "true",
                        "needs the tenant's issuer of version 1.0 among AUTH_ISSUERS"),
                change("TOKEN_CACHE", "of", "must be on or off"),
                change(
                        "MCP_OLDEST_REVISION",
                        "2024-11-05",
                        "must be 2025-03-26, 2025-06-18, 2025-11-25 or 2026-07-28"));
    }

    private static List<Change> audiences() {
        String others = "for which tokens are made that are not meant for us";
        return List.of(
                change("AUTH_AUDIENCES", ",", LIST),
                change("AUTH_AUDIENCES", "a b", LIST),
                change("AUTH_AUDIENCES", "*", "must name each audience whole, without *"),
                change(
                        "AUTH_AUDIENCES",
                        Sample.API + ",https://ai.azure.com",
                        "must not hold https://ai.azure.com, which is the agent service's own audience"),
                change(
                        "AUTH_AUDIENCES",
                        "https://AI.azure.com/",
                        "must not hold https://AI.azure.com/, which is the agent service's own audience"),
                change(
                        "AUTH_AUDIENCES",
                        "https://graph.microsoft.com",
                        "must not hold https://graph.microsoft.com, " + others),
                change(
                        "AUTH_AUDIENCES",
                        "00000003-0000-0000-c000-000000000000",
                        "must not hold 00000003-0000-0000-c000-000000000000, " + others),
                change(
                        "AUTH_AUDIENCES",
                        "https://management.azure.com/",
                        "must not hold https://management.azure.com/, " + others));
    }

    private static List<Change> agents() {
        return List.of(
                change("AGENTS_FILE", null, "is not set"),
                change("AGENT_NAME", null, "is not set"),
                change("FOUNDRY_PROJECT_ENDPOINT", null, "is not set"),
                change("FOUNDRY_PROJECT_ENDPOINT", "http://contoso.services.ai.azure.com/api/projects/orders", ADDRESS),
                change("FOUNDRY_PROJECT_ENDPOINT", "https://contoso.services.ai.azure.com", PROJECT),
                change("FOUNDRY_PROJECT_ENDPOINT", "https://contoso.services.ai.azure.com/api/projects/", PROJECT),
                change(
                        "FOUNDRY_PROJECT_ENDPOINT",
                        "https://contoso.services.ai.azure.com/api/projects/orders/openai",
                        PROJECT),
                change(
                        "FOUNDRY_PROJECT_ENDPOINT",
                        "https://contoso.services.ai.azure.com/api/projects/orders?api-version=v1",
                        "must not have a query in it"),
                change("FOUNDRY_ENDPOINT", "Agent", "must be project or agent"),
                change("FOUNDRY_CONVERSATIONS", "yes", "must be false or true"),
                change("CONSENT_LINK_HOSTS", null, "is not set"),
                change("CONSENT_LINK_HOSTS", "https://login.example.com", HOSTS),
                change("CONSENT_LINK_HOSTS", "login.example.com:443", HOSTS),
                change("CONSENT_LINK_HOSTS", "login.example.com/consent", HOSTS),
                change("CONSENT_LINK_HOSTS", "*", HOSTS),
                change("CONSENT_LINK_HOSTS", "login.*.com", HOSTS));
    }

    private static List<Change> keys() {
        String form = "must be at least 32 random bytes in base64url";
        byte[] counted = new byte[32];
        for (byte i = 0; i < counted.length; i++) {
            counted[i] = i;
        }
        return List.of(
                change("AUDIT_SIGNING_KEY", null, "is not set"),
                change("AUDIT_SIGNING_KEY", "short", form),
                change("AUDIT_SIGNING_KEY", encoded(new byte[32]), NOT_RANDOM),
                change(
                        "AUDIT_SIGNING_KEY",
                        "AAECw1Yx0uJ2r8bG5sT7nQ4mZkLdPvFhXcA9eRiBoWyUjS8w",
                        "must be exactly 32 random bytes in base64url"),
                change("AUDIT_CHECKPOINTS", null, "is not set"),
                change("AUDIT_CHECKPOINTS", "checkpoints.txt", "must be the whole path of a file, from the root on"),
                change("IDENTITY_MAC_KEY", null, "is not set"),
                change("IDENTITY_MAC_KEY", "short", form),
                change("IDENTITY_MAC_KEY", encoded(new byte[32]), NOT_RANDOM),
                says(
                        "STATE_KEY",
                        "must be a key of its own, not that of IDENTITY_MAC_KEY",
                        "IDENTITY_MAC_KEY",
                        "w1Yx0uJ2r8bG5sT7nQ4mZkLdPvFhXcA9eRiBoWyUjS8"),
                change("STATE_KEY", null, "is not set"),
                change("STATE_KEY", "short", form),
                change("STATE_KEY", "w1Yx0uJ2r8bG5sT7nQ4mZkLdPvFhXcA9eRiBoWyUj", form),
                change("STATE_KEY", "w1Yx0uJ2r8bG5sT7nQ4mZkLdPvFhXcA9eRiBoWyUj+8=", form),
                change("STATE_KEY", encoded(new byte[32]), NOT_RANDOM),
                change("STATE_KEY", encoded(counted), NOT_RANDOM),
                change("STATE_KEY", encoded("changeme".repeat(5).getBytes()), NOT_RANDOM),
                change("STATE_KEY", encoded("correct horse battery staple, twice".getBytes()), NOT_RANDOM),
                change("STATE_KEY", encoded(Arrays.copyOf(Base64.getDecoder().decode("w1Yx0uJ2r8bG"), 48)), NOT_RANDOM),
                says(
                        "STATE_KEY",
                        "must be a key of its own, not that of DB_PASSWORD",
                        "DB_PASSWORD",
                        "w1Yx0uJ2r8bG5sT7nQ4mZkLdPvFhXcA9eRiBoWyUjS8"),
                change(
                        "STATE_KEY_FILE",
                        "/run/secrets/state",
                        "is not supported, so STATE_KEY must hold the secret itself"));
    }

    private static List<Change> database() {
        return List.of(
                change("DB_URL", null, "is not set"),
                change("DB_URL", "jdbc:mysql://db.contoso.example/throughline", DATABASE),
                change("DB_URL", "postgresql://db.contoso.example/throughline", DATABASE),
                change("DB_URL", "jdbc:postgresql:throughline", DATABASE),
                change("DB_URL", "jdbc:postgresql://db.contoso.example", DATABASE),
                change("DB_URL", "jdbc:postgresql://db.contoso.example/", DATABASE),
                change("DB_URL", "jdbc:postgresql://app:pw@db.contoso.example/throughline", CREDENTIALS),
                change("DB_URL", "jdbc:postgresql://db.contoso.example/throughline?user=app", CREDENTIALS),
                change("DB_URL", "jdbc:postgresql://db.contoso.example/throughline?ssl=true&Password=pw", CREDENTIALS),
                change("DB_USER", null, "is not set"),
                change("DB_USER", "app\"; drop", ROLE),
                change(
                        "DB_USER",
                        "throughline_migrate",
                        "must be another role than DB_MIGRATION_USER, which may change the tables"),
                change("DB_USER", "throughline_owner", "must be another role than DB_OWNER, which owns the tables"),
                change("DB_OWNER", "own\"er", ROLE),
                says(
                        "DB_USER",
                        "must be another role than DB_OWNER, which owns the tables",
                        "DB_OWNER",
                        "throughline_app"),
                change(
                        "DB_MIGRATION_USER",
                        "throughline_owner",
                        "must be another role than DB_OWNER, whom nobody can log in as"),
                change("DB_MIGRATION_USER", null, "is not set"),
                change("DB_MIGRATION_USER", "x".repeat(64), ROLE),
                change("DB_MIGRATION_PASSWORD", null, "is not set"),
                change(
                        "DB_PASSWORD_FILE",
                        "/run/secrets/db",
                        "is not supported, so DB_PASSWORD must hold the secret itself"),
                change("DB_POOL_SIZE", "0", "must be a number from 1 to 9999"),
                change("DB_POOL_SIZE", "many", "must be a number from 1 to 9999"));
    }

    private static Change change(String variable, @Nullable String value, String problem) {
        return new Change(variable, value, variable + " " + problem);
    }

    /** A change that shows elsewhere. */
    private static Change says(String named, String problem, String variable, String value) {
        return new Change(variable, value, named + " " + problem);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void a_setting_that_does_not_fit_stops_the_start_with_one_sentence(Change change) {
        assertEquals("prod", Sample.prod().read().environment().toString());

        assertRefused(change.problem(), Sample.prod().with(change.variable(), change.value()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uat", "staging", "prod"})
    void auth_required_false_is_fenced_in(String environment) {
        assertTrue(Sample.prod().with("ENVIRONMENT", environment).read().authRequired());

        assertRefused(
                "AUTH_REQUIRED may be false only where ENVIRONMENT is local, dev or test; here it is " + environment,
                Sample.prod().with("AUTH_REQUIRED", "false").with("ENVIRONMENT", environment));
    }

    @Test
    void auth_required_false_is_fenced_in_where_nobody_says_where_it_runs() {
        assertTrue(Sample.prod().with("ENVIRONMENT", null).read().authRequired());

        assertRefused(
                "AUTH_REQUIRED may be false only where ENVIRONMENT is local, dev or test; here it is prod",
                Sample.prod().with("AUTH_REQUIRED", "false").with("ENVIRONMENT", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "dev", "test"})
    void authentication_can_be_off_elsewhere_and_then_needs_no_credential(String environment) {
        Sample open = Sample.prod().with("ENVIRONMENT", environment).with("AUTH_REQUIRED", "false");

        assertFalse(open.read().authRequired());
        assertEquals(
                Optional.empty(),
                open.with("AUTH_CLIENT_SECRET", null).read().registration().credential());
        assertRefused(
                "AUTH_CLIENT_SECRET " + NO_CREDENTIAL,
                open.with("AUTH_REQUIRED", null).with("AUTH_CLIENT_SECRET", null));
    }

    @Test
    void the_credential_is_a_secret_a_managed_identity_or_a_certificate() {
        assertEquals(
                Optional.of(new ClientCredential.Secret("Qk8~not-a-real-secret-only-one-for-tests")),
                Sample.prod().read().registration().credential());
        Sample none = Sample.prod().with("AUTH_CLIENT_SECRET", null);
        assertEquals(
                Optional.of(new ClientCredential.ManagedIdentity("0f8fad5b-d9cb-469f-a165-70867728950e")),
                none.with("AZURE_CLIENT_ID", "0f8fad5b-d9cb-469f-a165-70867728950e")
                        .read()
                        .registration()
                        .credential());
        assertRefused(
                "AUTH_CLIENT_CERTIFICATE must name a file that can be read",
                none.with("AUTH_CLIENT_CERTIFICATE", "/nowhere/api.pem"));
        assertRefused(
                "AZURE_CLIENT_ID and AUTH_CLIENT_CERTIFICATE and AUTH_CLIENT_SECRET " + ONE_CREDENTIAL,
                Sample.prod()
                        .with("AZURE_CLIENT_ID", "0f8fad5b-d9cb-469f-a165-70867728950e")
                        .with("AUTH_CLIENT_CERTIFICATE", "/nowhere/api.pem"));
    }

    @Test
    void what_is_not_set_follows_from_tenant_and_registration() {
        Settings settings = Sample.prod().read();

        assertEquals(
                "https://login.microsoftonline.com/" + Sample.TENANT,
                settings.trust().authority().toString());
        TokenIssuer issuer = settings.trust().tokens().issuers().get(0);
        assertEquals(Sample.V2, issuer.name());
        assertEquals(
                URI.create("https://login.microsoftonline.com/" + Sample.TENANT + "/discovery/v2.0/keys"),
                issuer.keys());
        assertEquals(Set.of(Sample.API, "api://" + Sample.API), issuer.audiences());
        assertEquals(Set.of(), issuer.passthroughAudiences());
        assertEquals("api://" + Sample.API, settings.registration().scopePrefix());
        assertTrue(settings.trust().tokens().remember());
        assertTrue(settings.authRequired());
        assertFalse(settings.local());
        assertEquals(Set.of(), settings.corsOrigins());
    }

    @Test
    void a_local_run_may_use_plain_http_on_its_own_machine_alone() {
        assertEquals("http://localhost:9080", Sample.local().read().publicUrl().toString());
        assertEquals(
                "http://localhost:9080",
                Sample.local().with("PUBLIC_URL", null).read().publicUrl().toString());
        assertRefused("PUBLIC_URL " + ADDRESS, Sample.local().with("PUBLIC_URL", "http://192.168.1.5:9080"));
    }

    @Test
    void only_a_local_run_may_do_without_consents_and_without_chance() {
        Settings settings = Sample.local()
                .with("CONSENT_LINK_HOSTS", null)
                .with("STATE_KEY", encoded(new byte[32]))
                .read();

        assertEquals(Set.of(), settings.agents().consentLinkHosts());
        assertArrayEquals(new byte[32], settings.stateKey().bytes());
    }

    @Test
    void who_migrates_is_told_or_is_nobody_here() {
        assertEquals(
                Optional.of("throughline_migrate"),
                Sample.prod().read().database().migration().map(DatabaseSettings.Migration::user));
        DatabaseSettings another = Sample.prod()
                .with("DB_MIGRATION_USER", null)
                .with("DB_MIGRATION_PASSWORD", null)
                .with("DB_OWNER", "desk_owner")
                .read()
                .database();
        assertEquals(Optional.empty(), another.migration());
        assertEquals(new DatabaseRoles("desk_owner", "throughline_app"), another.roles());
    }

    @Test
    void one_slash_at_the_end_of_an_address_does_not_matter() {
        Settings settings = Sample.prod()
                .with("PUBLIC_URL", "https://orders.contoso.example:8443/")
                .with("AUTH_AUTHORITY", "https://login.microsoftonline.com/" + Sample.TENANT + "/")
                .with("FOUNDRY_PROJECT_ENDPOINT", "https://contoso.services.ai.azure.com/api/projects/orders/")
                .read();

        assertEquals("https://orders.contoso.example:8443", settings.publicUrl().toString());
        assertEquals(Sample.V2, settings.trust().issuer());
        assertEquals("/api/projects/orders", settings.agents().project().getPath());
    }

    @Test
    void conversations_begin_at_the_project_and_as_responses_unless_told_otherwise() {
        AgentSettings usual = Sample.prod().read().agents();
        assertEquals(Endpoint.PROJECT, usual.endpoint());
        assertFalse(usual.conversations());

        AgentSettings told = Sample.prod()
                .with("FOUNDRY_ENDPOINT", "agent")
                .with("FOUNDRY_CONVERSATIONS", "true")
                .read()
                .agents();
        assertEquals(Endpoint.AGENT, told.endpoint());
        assertTrue(told.conversations());
    }

    @Test
    void issuers_of_the_one_tenant_share_their_keys_and_others_have_their_own() {
        Settings both =
                Sample.prod().with("AUTH_ISSUERS", Sample.V2 + "," + Sample.V1).read();
        assertEquals(1, distinctKeys(both));

        Settings another = Sample.prod()
                .with("AUTH_ISSUERS", Sample.V2 + ", https://id.example")
                .with("AUTH_JWKS_URL", "https://login.example/keys?appid=1, https://id.example/keys")
                .read();
        assertEquals(2, distinctKeys(another));
        assertEquals(
                "https://id.example", another.trust().tokens().issuers().get(1).name());
    }

    private static long distinctKeys(Settings settings) {
        return settings.trust().tokens().issuers().stream()
                .map(TokenIssuer::keys)
                .distinct()
                .count();
    }

    @Test
    void the_agent_services_audience_is_taken_from_the_issuer_of_version_1_alone() {
        List<TokenIssuer> issuers = Sample.prod()
                .with("AUTH_ISSUERS", Sample.V2 + "," + Sample.V1)
                .with("AUTH_ACCEPT_FOUNDRY_AUDIENCE", "true")
                .read()
                .trust()
                .tokens()
                .issuers();

        assertEquals(Set.of(), issuers.get(0).passthroughAudiences());
        assertEquals(Set.of("https://ai.azure.com"), issuers.get(1).passthroughAudiences());
    }

    @Test
    void a_secret_that_is_set_twice_must_be_the_same_secret() {
        FakeConfig once = Sample.prod().config();

        for (Map<String, String> file :
                List.of(Map.<String, String>of(), Map.of("DB_PASSWORD", "one"), Map.of("DB_PASSWORD", " "))) {
            Settings.read(new Variables(once.and(500, file)));
        }
        // Defaults of the server's own configuration are no second place.
        Settings.read(new Variables(once.and(1, Map.of("DB_PASSWORD", "default"))));
        InvalidSettingException thrown = assertThrows(
                InvalidSettingException.class,
                () -> Settings.read(new Variables(once.and(500, Map.of("DB_PASSWORD", "another")))));
        assertEquals(
                "Throughline cannot start: DB_PASSWORD is set to different values in two places; keep one of them.",
                thrown.getMessage());
    }

    @Test
    void no_secret_shows_where_the_settings_are_printed() {
        String printed = Sample.prod().read().toString();

        for (String secret : List.of("Qk8~not-a-real", "w1Yx0uJ2", "Zk3vQ9pL", "two]")) {
            assertFalse(printed.contains(secret), printed);
        }
        assertTrue(printed.contains("Secret[hidden]"), printed);
    }

    private static void assertRefused(String problem, Sample sample) {
        InvalidSettingException refused = assertThrows(InvalidSettingException.class, sample::read);

        assertEquals("Throughline cannot start: " + problem + ".", refused.getMessage());
    }

    private static String encoded(byte[] key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
