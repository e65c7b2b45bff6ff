package dev.throughline.local.entra;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tenants, people, resources and applications that this stand-in knows: fixed values, for anyone to script against.
 */
final class Directory {

    static final String ID_PREFIX = "c0ffee00-0000-4000-8000-0000000000";
    static final String API = ID_PREFIX + "a1";
    static final String WEB_CHAT = ID_PREFIX + "a2";
    static final String ORDERS_ASSISTANT = ID_PREFIX + "a3";
    static final String DESKTOP_CLIENT = ID_PREFIX + "a4";
    static final String NIGHT_AGENT = ID_PREFIX + "a5";
    static final String SHARED_IDENTITY = ID_PREFIX + "a6";
    static final String FOUNDRY = "18a66f5f-dbdf-4c17-9dd7-1634712a9cbe";
    static final String MANAGED_IDENTITY = ID_PREFIX + "d1";
    static final String MANAGED_IDENTITY_PRINCIPAL = ID_PREFIX + "e1";
    static final String TOKEN_EXCHANGE = "fb60f99c-7a34-4190-8149-302f77469936";
    static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private final Tenant home = new Tenant(ID_PREFIX + "01", "contoso.example", "Contoso");
    private final Tenant foreign = new Tenant(ID_PREFIX + "02", "fabrikam.example", "Fabrikam");
    private final List<Person> people = List.of(
            person("b1", home, "Ada Admin", "Admin"),
            person("b2", home, "Ana Analyst", "Analyst"),
            person("b3", home, "Pat PM", "PM"),
            person("b4", home, "Vic Viewer", "Viewer"),
            person("b5", foreign, "Eve Admin", "Admin"));
    private final ManagedIdentity managedIdentity =
            new ManagedIdentity(MANAGED_IDENTITY, MANAGED_IDENTITY_PRINCIPAL, "throughline-identity");
    private final List<Resource> resources;
    private final List<App> apps;

    Directory(LocalPorts ports, LocalSecrets secrets) {
        this.resources = List.of(api(ports), foundry(), graph(), tokenExchangeEndpoint());
        this.apps = apps(ports, secrets);
    }

    List<Tenant> tenants() {
        return List.of(home, foreign);
    }

    Tenant home() {
        return home;
    }

    Optional<Tenant> tenant(String id) {
        return tenants().stream().filter(tenant -> tenant.id().equals(id)).findFirst();
    }

    List<Person> people(Tenant tenant) {
        return people.stream().filter(person -> person.tenant().equals(tenant)).toList();
    }

    Optional<Person> personById(Tenant tenant, String id) {
        return people(tenant).stream().filter(person -> person.id().equals(id)).findFirst();
    }

    Optional<Person> personByHint(Tenant tenant, String hint) {
        String upn = hint.toLowerCase(Locale.ROOT);
        return people(tenant).stream()
                .filter(person -> person.upn().equals(upn))
                .findFirst();
    }

    Person personByName(String name) {
        return people.stream()
                .filter(person -> person.shortName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nobody is called " + name));
    }

    List<App> apps() {
        return apps;
    }

    /** The agents' own identities live in the home tenant alone; everything else is known to both. */
    Optional<App> app(Tenant tenant, String clientId) {
        return apps.stream()
                .filter(app -> app.clientId().equals(clientId))
                .filter(app -> tenant.equals(home) || app.kind() != App.Kind.AGENT_IDENTITY)
                .findFirst();
    }

    App appById(String clientId) {
        return app(home, clientId).orElseThrow(() -> new IllegalArgumentException("No application " + clientId));
    }

    ManagedIdentity managedIdentity() {
        return managedIdentity;
    }

    /** The federated identity credential of a registration: whose tokens may stand for it. */
    Optional<ManagedIdentity> trustedBy(App app) {
        return app.clientId().equals(API) ? Optional.of(managedIdentity) : Optional.empty();
    }

    /** What the tokens of a federated managed identity are made for. */
    Resource tokenExchange() {
        return resourceById(TOKEN_EXCHANGE);
    }

    List<Resource> resources() {
        return resources;
    }

    Optional<Resource> resource(String identifier) {
        return resources.stream()
                .filter(resource -> resource.isKnownAs(identifier))
                .findFirst();
    }

    Resource resourceById(String id) {
        return resource(id).orElseThrow(() -> new IllegalArgumentException("No resource " + id));
    }

    /** Where scripts in a browser may call the token endpoint from: the origins of the single-page redirects. */
    Set<String> browserOrigins() {
        Set<String> origins = new LinkedHashSet<>();
        for (App app : apps) {
            if (app.kind() == App.Kind.SINGLE_PAGE) {
                app.redirects().forEach(redirect -> origins.add(origin(URI.create(redirect))));
            }
        }
        return origins;
    }

    /**
     * What is granted without asking anybody: the web chat is pre-authorized for our API in every tenant, and an
     * administrator of the home tenant agreed that our API uses Foundry for its users.
     */
    Set<String> grantedUpFront(Tenant tenant, App app, Resource resource) {
        boolean preAuthorized = app.clientId().equals(WEB_CHAT) && resource.id().equals(API);
        boolean adminConsent = app.clientId().equals(API) && resource.id().equals(FOUNDRY) && tenant.equals(home);
        boolean signInOnly = resource.id().equals(GRAPH);
        return preAuthorized || adminConsent || signInOnly ? resource.scopes().keySet() : Set.of();
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static Person person(String id, Tenant tenant, String name, String role) {
        String first = name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT);
        return new Person(ID_PREFIX + id, tenant, name, first + "@" + tenant.domain(), role);
    }

    private static Resource api(LocalPorts ports) {
        Map<String, String> scopes = new LinkedHashMap<>();
        scopes.put("Orders.Read", "See the orders that you may see");
        scopes.put("Orders.Write", "Create, change and delete orders for you, as far as you may");
        scopes.put("Orders.Audit", "Read the audit log for you, if you may");
        scopes.put("user_impersonation", "Do everything with orders that you may do");
        return new Resource(
                API,
                "Throughline",
                List.of("api://" + API, "http://localhost:" + ports.web() + "/api/v1/mcp", API),
                API,
                2,
                scopes);
    }

    private static Resource foundry() {
        return new Resource(
                FOUNDRY,
                "Azure AI Foundry",
                List.of("https://ai.azure.com", FOUNDRY),
                "https://ai.azure.com",
                1,
                Map.of("user_impersonation", "Use Azure AI Foundry as you"));
    }

    /** Scopes without a qualifier belong to Microsoft Graph, which here has none: only sign-in is imitated. */
    private static Resource graph() {
        return new Resource(
                GRAPH, "Microsoft Graph", List.of("https://graph.microsoft.com", GRAPH), GRAPH, 1, Map.of());
    }

    /** Asked for by its URI; the audience of its tokens, which are of version 2, is its application id. */
    private static Resource tokenExchangeEndpoint() {
        return new Resource(
                TOKEN_EXCHANGE,
                "AAD Token Exchange Endpoint",
                List.of("api://AzureADTokenExchange", TOKEN_EXCHANGE),
                TOKEN_EXCHANGE,
                2,
                Map.of());
    }

    private static List<App> apps(LocalPorts ports, LocalSecrets secrets) {
        Set<String> ordersScopes = new LinkedHashSet<>(List.of("Orders.Read", "Orders.Write"));
        Set<String> allScopes =
                new LinkedHashSet<>(List.copyOf(api(ports).scopes().keySet()));
        Set<String> webRedirects = new LinkedHashSet<>(
                List.of("http://localhost:" + ports.web() + "/", "https://localhost:" + ports.webTls() + "/"));
        return List.of(
                app("1", "throughline-api", "The order desk's own interface.", "", App.Kind.CONFIDENTIAL)
                        .with(secrets.apiClientSecret())
                        .with(Map.of(FOUNDRY, Set.of("user_impersonation")))
                        .app(),
                app("2", "Throughline chat", "The order desk's chat in your browser.", "", App.Kind.SINGLE_PAGE)
                        .redirecting(webRedirects)
                        .with(Map.of(API, allScopes))
                        .app(),
                app(
                                "3",
                                "orders-assistant",
                                "An AI agent in Foundry that works with orders for you.",
                                "orders-assistant",
                                App.Kind.CONFIDENTIAL)
                        .redirecting(Set.of("http://localhost:" + ports.foundry() + "/oauth/callback"))
                        .with(secrets.assistantClientSecret())
                        .with(Map.of(API, ordersScopes))
                        .app(),
                app(
                                "4",
                                "Desktop MCP client",
                                "An assistant on your machine, such as an editor, that uses the order desk's tools.",
                                "the assistant in your MCP client",
                                App.Kind.DESKTOP)
                        .with(Map.of(API, ordersScopes))
                        .app(),
                app("5", "night-agent", "An agent that works by itself.", "night-agent", App.Kind.AGENT_IDENTITY)
                        .with(secrets.nightAgentSecret())
                        .assigned("MCP.Access")
                        .app(),
                app(
                                "6",
                                "orders-project-AgentIdentity",
                                "The identity that all agents of the project share.",
                                "legacy-agent",
                                App.Kind.AGENT_IDENTITY)
                        .with(secrets.sharedIdentitySecret())
                        .assigned("MCP.Access")
                        .app());
    }

    private static Registration app(String digit, String name, String purpose, String agent, App.Kind kind) {
        return new Registration(new App(
                ID_PREFIX + "a" + digit,
                ID_PREFIX + "c" + digit,
                name,
                purpose,
                agent,
                kind,
                Set.of(),
                Optional.empty(),
                Map.of(),
                Set.of()));
    }

    /** Names the optional parts of an {@link App} as they are given. */
    private record Registration(App app) {

        Registration redirecting(Set<String> redirects) {
            return copy(redirects, app.secret(), app.permissions(), app.appRoles());
        }

        Registration with(String secret) {
            return copy(app.redirects(), Optional.of(secret), app.permissions(), app.appRoles());
        }

        Registration with(Map<String, Set<String>> permissions) {
            return copy(app.redirects(), app.secret(), permissions, app.appRoles());
        }

        Registration assigned(String appRole) {
            return copy(app.redirects(), app.secret(), app.permissions(), Set.of(appRole));
        }

        private Registration copy(
                Set<String> redirects,
                Optional<String> secret,
                Map<String, Set<String>> permissions,
                Set<String> roles) {
            return new Registration(new App(
                    app.clientId(),
                    app.servicePrincipalId(),
                    app.name(),
                    app.purpose(),
                    app.agent(),
                    app.kind(),
                    redirects,
                    secret,
                    permissions,
                    roles));
        }
    }
}
