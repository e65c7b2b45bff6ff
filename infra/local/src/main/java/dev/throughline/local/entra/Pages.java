package dev.throughline.local.entra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pages that people see: plain HTML, without scripts. */
final class Pages {

    static final String STYLE_PATH = "/entra.css";

    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%s</title>
            <link rel="stylesheet" href="%s">
            </head>
            <body>
            <main class="%s">
            <p class="standin">Local stand-in for Microsoft Entra ID</p>
            %s
            </main>
            <footer>This page runs on your own machine. It is not Microsoft, and it never asks for a password.</footer>
            </body>
            </html>
            """;

    private Pages() {}

    static String frame(String title, String kind, String content) {
        return FRAME.formatted(escape(title), STYLE_PATH, kind, content);
    }

    static String signIn(AuthorizationRequest request, List<Person> people, Optional<Person> hinted, String flow) {
        List<Person> ordered = new ArrayList<>(people);
        hinted.ifPresent(person -> ordered.sort(Comparator.comparing(other -> !other.equals(person))));
        String choices = ordered.stream().map(Pages::choice).collect(Collectors.joining());
        return frame("Sign in to " + request.tenant().name(), "card", """
                <h1>Pick an account</h1>
                <p>to go on to <strong>%s</strong> with an account of %s</p>
                <form method="post" action="/%s/signin">
                <input type="hidden" name="flow" value="%s">
                <ul class="people">%s</ul>
                </form>
                """.formatted(
                        escape(request.app().name()),
                        escape(request.tenant().name()),
                        request.tenant().id(),
                        flow,
                        choices));
    }

    private static String choice(Person person) {
        return """
                <li><button type="submit" name="person" value="%s">
                <span class="badge" aria-hidden="true">%s</span>
                <span class="who"><b>%s</b><small>%s</small></span>
                <span class="role">%s</span>
                </button></li>
                """.formatted(
                        person.id(),
                        escape(person.badge()),
                        escape(person.name()),
                        escape(person.upn()),
                        escape(person.role()));
    }

    static String consent(AuthorizationRequest request, Scopes scopes, Person person, String flow) {
        App app = request.app();
        String agent = app.agent().isEmpty()
                ? ""
                : "<p class=\"agent\">What you allow here, the AI agent <strong>%s</strong> may do for you.</p>"
                        .formatted(escape(app.agent()));
        return frame("Permissions for " + app.name(), "card", """
                <p class="account">Signed in as %s</p>
                <h1>Permissions requested</h1>
                <p><strong>%s</strong><br>%s</p>
                %s
                <h2>It would like to:</h2>
                <ul class="scopes">%s</ul>
                <p class="small">You stay in charge: it never gets more rights than you have yourself.</p>
                <form method="post" action="/%s/consent" class="decision">
                <input type="hidden" name="flow" value="%s">
                <button type="submit" name="decision" value="decline">Decline</button>
                <button type="submit" name="decision" value="accept" class="primary">Accept</button>
                </form>
                """.formatted(
                        escape(person.upn()),
                        escape(app.name()),
                        escape(app.purpose()),
                        agent,
                        permissions(scopes, app),
                        request.tenant().id(),
                        flow));
    }

    private static String permissions(Scopes scopes, App app) {
        StringBuilder items = new StringBuilder();
        scopes.wanted(app)
                .forEach(name -> items.append("<li>%s <code>%s</code></li>"
                        .formatted(escape(scopes.resource().scopes().get(name)), escape(name))));
        if (scopes.wantsIdToken()) {
            items.append("<li>See who you are: your name and user name</li>");
        }
        if (scopes.wantsRefreshToken()) {
            items.append("<li>Keep this access while you are away</li>");
        }
        return items.toString();
    }

    static String signedOut(Tenant tenant) {
        return frame(
                "Signed out",
                "card",
                "<h1>You signed out</h1><p>No account of %s is signed in here any more. You may close this window.</p>"
                        .formatted(escape(tenant.name())));
    }

    static String error(ErrorDocument document) {
        return frame("Sign-in error", "card", """
                <h1>Sorry, we cannot sign you in</h1>
                <p class="error" role="alert"><b>AADSTS%d</b>: %s</p>
                <dl><dt>Correlation id</dt><dd>%s</dd><dt>Time</dt><dd>%s</dd></dl>
                """.formatted(
                        document.error().code(),
                        escape(document.error().message()),
                        escape(document.correlationId()),
                        escape(document.timestamp())));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
