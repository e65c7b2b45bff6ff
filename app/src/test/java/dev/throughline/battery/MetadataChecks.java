package dev.throughline.battery;

import static dev.throughline.battery.Check.Level.MUST;
import static dev.throughline.battery.Check.Level.SHOULD;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The protected-resource metadata (RFC 9728), which no revision of the protocol changes. */
final class MetadataChecks {
    private static final String DISCOVERY = "MCP authorization server discovery";
    private static final String SPOOFED = "spoofed.example";

    private MetadataChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "server/auth-prm-discovery",
                        SHOULD,
                        "RFC 9728 section 3.1",
                        "GET at the well-known place of the endpoint's path, no token",
                        "200, JSON",
                        client -> {
                            Answer answer = ofPath(client);
                            return Verdict.of(
                                    answer.status() == 200 && answer.json().exists(), answer);
                        }),
                new Check(
                        "server/auth-prm-discovery",
                        SHOULD,
                        DISCOVERY,
                        "GET at the well-known place of the root, no token",
                        "the same document",
                        MetadataChecks::atRoot),
                document(
                        "server/auth-prm-resource-validation",
                        MUST,
                        "RFC 9728 section 3.3",
                        "resource is the endpoint's address, to the letter",
                        client -> metadata -> metadata.at("resource")
                                .text()
                                .equals(Optional.of(client.target().url().toString()))),
                document(
                        "server-prm-authorization-servers",
                        MUST,
                        DISCOVERY,
                        "at least one authorization server",
                        client -> metadata -> metadata.at("authorization_servers")
                                .elements()
                                .findAny()
                                .isPresent()),
                document(
                        "server/auth-discovery-mechanism",
                        MUST,
                        "RFC 8414 section 3; OpenID Connect Discovery",
                        "metadata of each authorization server, under its own issuer name",
                        client -> MetadataChecks::discoverable),
                document(
                        "server-prm-scopes-minimal",
                        SHOULD,
                        "MCP authorization, Refresh Tokens",
                        "no offline_access among the scopes",
                        client -> metadata -> metadata.at("scopes_supported")
                                .elements()
                                .noneMatch(scope -> scope.text().equals(Optional.of("offline_access")))),
                document(
                        "server-prm-no-query-tokens",
                        SHOULD,
                        "RFC 9728 section 2; MCP, Token Requirements",
                        "bearer_methods_supported, if told, does not name the query",
                        client -> metadata -> metadata.at("bearer_methods_supported")
                                .elements()
                                .noneMatch(method -> method.text().equals(Optional.of("query")))),
                spoofed(
                        "X-Forwarded-Host and Forwarded of another server",
                        request -> request.with("X-Forwarded-Host", SPOOFED)
                                .with("X-Forwarded-Proto", "gopher")
                                .with("Forwarded", "host=" + SPOOFED)),
                spoofed("Host of another server", request -> request.replacing("Host", SPOOFED)));
    }

    private static Answer ofPath(Client client) {
        return Request.get(client.target().metadataOfPath()).send();
    }

    private static Verdict atRoot(Client client) {
        Answer path = ofPath(client);
        Answer root = Request.get(client.target().metadataOfRoot()).send();
        if (root.status() == 404 && path.status() == 200) {
            return Verdict.notApplicable("the server tells it at the endpoint's path alone");
        }
        return Verdict.of(root.status() == 200 && root.json().equals(path.json()), root);
    }

    private static Check document(
            String id, Check.Level level, String source, String expected, Function<Client, Predicate<Json>> good) {
        return new Check(id, level, source, "the metadata", expected, client -> {
            Answer path = ofPath(client);
            Answer answer = path.status() == 200
                    ? path
                    : Request.get(client.target().metadataOfRoot()).send();
            return Verdict.of(answer.status() == 200 && good.apply(client).test(answer.json()), answer);
        });
    }

    private static boolean discoverable(Json metadata) {
        List<String> issuers = metadata.at("authorization_servers")
                .elements()
                .flatMap(issuer -> issuer.text().stream())
                .toList();
        return !issuers.isEmpty() && issuers.stream().allMatch(MetadataChecks::tellsItself);
    }

    private static boolean tellsItself(String issuer) {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath().replaceFirst("/$", "");
        return Stream.of(
                        uri.resolve("/.well-known/oauth-authorization-server" + path),
                        uri.resolve("/.well-known/openid-configuration" + path),
                        uri.resolve(path + "/.well-known/openid-configuration"))
                .map(place -> Request.get(place).send())
                .anyMatch(answer -> answer.status() == 200
                        && answer.json().at("issuer").text().equals(Optional.of(issuer)));
    }

    private static Check spoofed(String sent, Function<Request, Request> spoof) {
        return new Check(
                "server-prm-host-independent",
                MUST,
                "RFC 9728 section 7.1",
                "the metadata, with " + sent,
                "the same document, or a refusal",
                client -> {
                    Answer control = ofPath(client);
                    if (control.status() != 200) {
                        return Verdict.noControl(control);
                    }
                    Answer answer = spoof.apply(Request.get(client.target().metadataOfPath()))
                            .send();
                    boolean same = answer.status() == 200 && answer.json().equals(control.json());
                    return Verdict.of(
                            same || answer.status() / 100 == 4,
                            answer.summary() + (same ? ", the same" : ", not the same"));
                });
    }
}
