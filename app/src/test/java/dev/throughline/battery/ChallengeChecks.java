package dev.throughline.battery;

import static dev.throughline.battery.Check.Level.MUST;
import static dev.throughline.battery.Check.Level.SHOULD;
import static dev.throughline.battery.Issuer.Purpose.READING;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What somebody without a token is told. */
final class ChallengeChecks {
    private static final String SPOOFED = "spoofed.example";

    private ChallengeChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "server/auth-401-unauthorized",
                        MUST,
                        "MCP authorization, Error Handling",
                        "401",
                        answer -> answer.status() == 401),
                check(
                        "server/auth-www-authenticate-header",
                        MUST,
                        "RFC 6750 section 3",
                        "a Bearer challenge without an error code",
                        answer -> answer.challenge().bearer()
                                && answer.challenge().parameter("error").isEmpty()),
                check(
                        "auth-resource-metadata-param",
                        MUST,
                        "RFC 9728 section 5.1; MCP, one of three places",
                        "resource_metadata, leading to the metadata of this server",
                        ChallengeChecks::leadsToMetadata),
                check(
                        "server-challenge-scope",
                        SHOULD,
                        "MCP authorization, Scope Selection Strategy",
                        "scope to begin with, without offline_access",
                        answer -> !answer.challenge().scopes().isEmpty()
                                && !answer.challenge().scopes().contains("offline_access")),
                new Check(
                        "server-challenge-host-independent",
                        MUST,
                        "RFC 9728 section 7.1",
                        "no token, with X-Forwarded-Host and Forwarded of another server",
                        "the challenge as without them",
                        client -> spoofed(
                                client,
                                request -> request.with("X-Forwarded-Host", SPOOFED)
                                        .with("X-Forwarded-Proto", "gopher")
                                        .with("Forwarded", "host=" + SPOOFED))),
                new Check(
                        "server-challenge-host-independent",
                        MUST,
                        "RFC 9728 section 7.1",
                        "no token, Host of another server",
                        "the challenge as without it, or none",
                        client -> spoofed(client, request -> request.replacing("Host", SPOOFED))));
    }

    private static Check check(
            String id, Check.Level level, String source, String expected, Function<Answer, Boolean> passes) {
        return new Check(
                id,
                level,
                source,
                "no token",
                expected,
                client -> Check.with(
                        client,
                        READING,
                        token -> Check.afterControl(
                                client.reading().bearing(token.compact()), client.reading(), passes)));
    }

    private static boolean leadsToMetadata(Answer answer) {
        Optional<URI> place = answer.challenge()
                .parameter("resource_metadata")
                .filter(text -> text.startsWith("http"))
                .map(URI::create);
        return place.isPresent()
                && Request.get(place.get()).send().json().at("resource").exists();
    }

    private static Verdict spoofed(Client client, Function<Request, Request> spoof) {
        Answer control = client.reading().send();
        if (!control.challenge().bearer()) {
            return Verdict.noControl(control);
        }
        Answer answer = spoof.apply(client.reading()).send();
        boolean same = answer.challenge().equals(control.challenge());
        boolean none = answer.status() / 100 == 4 && !answer.challenge().bearer();
        return Verdict.of(same || none, answer.summary() + (same ? ", the same" : none ? ", none" : ", another"));
    }
}
