package dev.throughline.battery;

import static dev.throughline.battery.Check.Level.MUST;
import static dev.throughline.battery.Check.Level.SHOULD;
import static dev.throughline.battery.Issuer.Purpose.OTHER_PERSON;
import static dev.throughline.battery.Issuer.Purpose.READING;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What stands around the token: sessions, caches, origins and host names. */
final class TransportChecks {
    private static final String SESSION = "Mcp-Session-Id";
    private static final String HIJACKING = "MCP security best practices, State Handle Hijacking";
    private static final String INVENTED = "2b1c5a52-7d5e-4f0c-9b53-6f3f3c1d2e4a";

    private TransportChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "server-session-not-authentication",
                        MUST,
                        HIJACKING,
                        "a session id and no token",
                        "401",
                        TransportChecks::sessionAlone),
                new Check(
                        "server-session-bound",
                        SHOULD,
                        HIJACKING,
                        "one person's session with another's token",
                        "no result",
                        TransportChecks::foreignSession),
                new Check(
                        "server-list-private",
                        MUST,
                        "MCP caching, Security Considerations",
                        "tools/list",
                        "cacheScope private and ttlMs, or a Cache-Control that no shared cache keeps",
                        TransportChecks::privateList),
                new Check(
                        "server-list-not-replayed",
                        MUST,
                        "MCP authorization, on every HTTP request",
                        "tools/list with a token, then without",
                        "401 for the second",
                        client -> Check.with(
                                client,
                                READING,
                                token -> Check.afterControl(
                                        list(client).bearing(token.compact()),
                                        list(client),
                                        answer -> answer.status() == 401))),
                origin("https://evil.example"),
                origin("null"),
                origin("http://localhost.evil.example"),
                new Check(
                        "server-host-validation",
                        SHOULD,
                        "MCP streamable HTTP, Security; DNS rebinding",
                        "Host of another server",
                        "no result; 4xx",
                        client -> changed(
                                client,
                                request -> request.replacing("Host", "evil.example"),
                                answer -> answer.status() / 100 == 4)));
    }

    private static Request list(Client client) {
        return client.request(READING, "tools/list", Map.of());
    }

    private static Verdict sessionAlone(Client client) {
        Optional<String> session = client.session(READING);
        return changed(
                client,
                request -> request.without("Authorization").replacing(SESSION, session.orElse(INVENTED)),
                answer -> answer.status() == 401);
    }

    private static Verdict foreignSession(Client client) {
        if (client.session(READING).isEmpty()) {
            return Verdict.notApplicable("the server keeps no sessions");
        }
        return Check.with(
                client,
                OTHER_PERSON,
                other -> changed(
                        client,
                        request -> request.without("Authorization").bearing(other.compact()),
                        answer -> !answer.ran()));
    }

    private static Verdict privateList(Client client) {
        return Check.with(client, READING, token -> {
            Answer answer = list(client).bearing(token.compact()).send();
            if (!answer.accepted()) {
                return Verdict.noControl(answer);
            }
            String control = answer.header("cache-control").orElse("").toLowerCase(Locale.ROOT);
            boolean shared = control.contains("public") || control.contains("s-maxage");
            boolean said = client.era() == Era.HANDSHAKE
                    || answer.result().at("cacheScope").text().equals(Optional.of("private"))
                            && answer.result().at("ttlMs").number().isPresent();
            String scope = answer.result()
                    .at("cacheScope")
                    .text()
                    .map(text -> ", cacheScope " + text)
                    .orElse("");
            return Verdict.of(!shared && said, "Cache-Control " + (control.isEmpty() ? "not given" : control) + scope);
        });
    }

    private static Check origin(String origin) {
        return new Check(
                "server-origin-validation",
                MUST,
                "MCP streamable HTTP, Security",
                "Origin " + origin,
                "403",
                client -> changed(client, request -> request.with("Origin", origin), answer -> answer.status() == 403));
    }

    private static Verdict changed(
            Client client, UnaryOperator<Request> change, java.util.function.Function<Answer, Boolean> passes) {
        return Check.with(client, READING, token -> {
            Request control = client.reading().bearing(token.compact());
            return Check.afterControl(control, change.apply(control), passes);
        });
    }
}
