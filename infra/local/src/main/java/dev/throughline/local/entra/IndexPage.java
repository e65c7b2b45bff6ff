package dev.throughline.local.entra;

import static dev.throughline.local.entra.Pages.escape;

import java.util.List;
import java.util.stream.Collectors;

/** {@code GET /}: what this is, whom and what it knows, and what it does not imitate. */
final class IndexPage {

    private static final List<String> NOT_IMITATED = List.of(
            "passwords, multi-factor authentication, conditional access, risk and account lock-out",
            "certificates and federated credentials of other applications than the API, managed identities for anything but that",
            "response_mode=form_post, response types other than code, POST to the authorization endpoint, PKCE plain",
            "the device code flow, ROPC, the v1 endpoints, the tenants common and organizations",
            "Microsoft Graph and userinfo; unqualified scopes find no permission there",
            "agent identity blueprints and their token exchange, client id metadata documents",
            "that a single-page application's code may be redeemed across origins only",
            "single sign-out of other applications, continuous access evaluation events",
            "x5t and x5c of the signing keys, the groups and wids claims, throttling");

    private IndexPage() {}

    static String render(String baseUrl, Directory directory) {
        String tenants = directory.tenants().stream()
                .map(tenant -> tenant(baseUrl, tenant))
                .collect(Collectors.joining());
        return Pages.frame("Entra ID stand-in", "wide", """
                <h1>Entra ID stand-in</h1>
                <p>It signs in the sample people of the order desk and issues tokens as Microsoft Entra ID would,
                strict where the real service is strict. There are no passwords: everybody on this machine may be
                anybody. Never put it on a network.</p>
                <h2>Tenants</h2><ul>%s</ul>
                <h2>People</h2>
                <div class="scroll" tabindex="0" role="region" aria-label="People"><table><thead><tr><th>Name</th><th>User name</th><th>Role</th><th>Object id</th></tr>
                </thead><tbody>%s</tbody></table></div>
                <h2>Applications</h2>
                <div class="scroll" tabindex="0" role="region" aria-label="Applications"><table><thead><tr><th>Name</th><th>Client id</th><th>Kind</th><th>Redirects</th></tr>
                </thead><tbody>%s</tbody></table></div>
                <h2>Resources</h2>
                <div class="scroll" tabindex="0" role="region" aria-label="Resources"><table><thead><tr><th>Name</th><th>Scopes are qualified with</th><th>Scopes</th></tr>
                </thead><tbody>%s</tbody></table></div>
                <h2>Managed identity</h2>
                <p>The API may prove itself by a token of <code>%s</code>: its federated credential trusts the principal
                <code>%s</code> of <code>%s</code>, for <code>api://AzureADTokenExchange</code>.</p>
                <h2>For scripts</h2>
                <p>On the authorization endpoint <code>login_hint=vic@contoso.example&amp;prompt=none</code> answers at
                once, session or not; <code>consent=accept</code> or <code>consent=decline</code> with a login hint
                decides on the consent page. Neither needs cookies.</p>
                <h2>Not imitated</h2><ul>%s</ul>
                """.formatted(
                        tenants,
                        people(directory),
                        apps(directory),
                        resources(directory),
                        directory.managedIdentity().clientId(),
                        directory.managedIdentity().principalId(),
                        escape(TokenFactory.issuer(baseUrl, directory.home(), 2)),
                        notImitated()));
    }

    private static String tenant(String baseUrl, Tenant tenant) {
        String configuration = baseUrl + "/" + tenant.id() + "/v2.0/.well-known/openid-configuration";
        return "<li>%s <code>%s</code>: <a href=\"%s\">its endpoints</a></li>"
                .formatted(escape(tenant.name()), tenant.id(), escape(configuration));
    }

    private static String people(Directory directory) {
        return directory.tenants().stream()
                .flatMap(tenant -> directory.people(tenant).stream())
                .map(person -> row(person.name(), person.upn(), person.role(), person.id()))
                .collect(Collectors.joining());
    }

    private static String apps(Directory directory) {
        return directory.apps().stream()
                .map(app -> row(app.name(), app.clientId(), kind(app), redirects(app)))
                .collect(Collectors.joining());
    }

    private static String kind(App app) {
        return switch (app.kind()) {
            case SINGLE_PAGE -> "single page, public";
            case DESKTOP -> "desktop, public";
            case CONFIDENTIAL -> "confidential";
            case AGENT_IDENTITY -> "an agent's own identity";
        };
    }

    private static String redirects(App app) {
        return app.kind() == App.Kind.DESKTOP
                ? "http://localhost or http://127.0.0.1, any port and path"
                : String.join(" ", app.redirects());
    }

    private static String resources(Directory directory) {
        return directory.resources().stream()
                .filter(resource -> !resource.scopes().isEmpty())
                .map(resource -> row(
                        resource.name(),
                        String.join(" ", resource.identifiers()),
                        String.join(" ", resource.scopes().keySet())))
                .collect(Collectors.joining());
    }

    private static String notImitated() {
        return NOT_IMITATED.stream()
                .map(item -> "<li>" + escape(item) + "</li>")
                .collect(Collectors.joining());
    }

    private static String row(String... cells) {
        return List.of(cells).stream()
                .map(cell -> "<td>" + escape(cell) + "</td>")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }
}
