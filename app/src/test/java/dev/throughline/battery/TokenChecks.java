package dev.throughline.battery;

import static dev.throughline.battery.Check.Level.MUST;
import static dev.throughline.battery.Check.Level.SHOULD;
import static dev.throughline.battery.Issuer.Purpose.APPLICATION;
import static dev.throughline.battery.Issuer.Purpose.APPLICATION_WITHOUT_GRANT;
import static dev.throughline.battery.Issuer.Purpose.ID_TOKEN;
import static dev.throughline.battery.Issuer.Purpose.OTHER_RESOURCE;
import static dev.throughline.battery.Issuer.Purpose.READING;
import static dev.throughline.battery.Issuer.Purpose.WITHOUT_SCOPE;

import com.nimbusds.jose.util.Base64URL;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Which tokens the server takes. Each hostile one differs in one thing from one that was accepted just before. */
final class TokenChecks {
    private static final String HANDLING = "MCP authorization, Token Handling";
    private static final String BEARER = "RFC 6750 section 3.1";
    private static final String JWS = "RFC 8725";
    private static final String UNAUTHORIZED = "401 with a Bearer challenge";
    private static final int HOUR = 3600;

    private TokenChecks() {}

    static List<Check> all() {
        return Stream.of(accepted(), malformed(), signatures(), claims(), kinds(), placement())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Check> accepted() {
        return List.of(new Check(
                "server-token-valid-accepted",
                MUST,
                HANDLING,
                "a good token",
                "200 with a result",
                client -> Check.with(client, READING, token -> {
                    Answer answer = client.reading().bearing(token.compact()).send();
                    return Verdict.of(answer.accepted(), answer);
                })));
    }

    private static List<Check> malformed() {
        return List.of(
                spoilt(
                                "auth-invalid-token-rejected",
                                SHOULD,
                                "no token but a word",
                                BEARER,
                                token -> "abc",
                                answer -> answer.status() == 401
                                        && answer.challenge().error("invalid_token"))
                        .expecting("401, error=\"invalid_token\""),
                spoilt("server-token-malformed", "a token of two parts", token -> compact(token, 2)),
                spoilt("server-token-malformed", "a signature cut off", token -> compact(token, 2) + "."),
                spoilt("server-token-signature", "one bit of the signature flipped", TokenChecks::flipped),
                spoilt(
                        "server-token-signature",
                        "other claims under the same signature",
                        token -> token.compactWith("sub", "somebody-else")));
    }

    private static String compact(Token token, int parts) {
        return Stream.of(token.compact().split("\\."))
                .limit(parts)
                .reduce((a, b) -> a + "." + b)
                .orElseThrow();
    }

    private static String flipped(Token token) {
        String[] parts = token.compact().split("\\.");
        byte[] signature = new Base64URL(parts[2]).decode();
        signature[0] ^= 1;
        return parts[0] + "." + parts[1] + "." + Base64URL.encode(signature);
    }

    private static List<Check> signatures() {
        Token.Signer stranger = Keys.rs256(Keys.STRANGER.getPrivate());
        return List.of(
                forged(
                        "server-token-alg-none",
                        JWS,
                        "alg none, no signature",
                        token -> token.withHeader("alg", "none").signedBy(input -> new byte[0])),
                forged(
                        "server-token-alg-none",
                        JWS,
                        "alg NoNe, no signature",
                        token -> token.withHeader("alg", "NoNe").signedBy(input -> new byte[0])),
                confused("HS256 with the RSA key's PEM", Keys::pem),
                confused("HS256 with the RSA key's DER", RSAPublicKey::getEncoded),
                forged(
                        "server-token-unknown-key",
                        JWS,
                        "a stranger's key under the good kid",
                        token -> token.signedBy(stranger)),
                forged(
                        "server-token-unknown-key",
                        JWS,
                        "a stranger's key under an unknown kid",
                        token -> token.withHeader("kid", "unknown").signedBy(stranger)),
                forged(
                        "server-token-embedded-key",
                        JWS,
                        "a stranger's key, handed over in the header",
                        token ->
                                token.withHeader("jwk", Keys.jwk(Keys.STRANGER)).signedBy(stranger)));
    }

    private static Check confused(String sent, Function<RSAPublicKey, byte[]> secret) {
        return new Check("server-token-alg-confusion", MUST, JWS, sent, UNAUTHORIZED, client -> {
            Optional<RSAPublicKey> key = client.target().issuer().publicKey();
            if (key.isEmpty()) {
                return Verdict.notApplicable("the issuer's public key is not known");
            }
            Token.Signer hmac = Keys.hs256(secret.apply(key.get()));
            return afterGood(
                    client,
                    token -> token.withHeader("alg", "HS256").signedBy(hmac).compact());
        });
    }

    private static List<Check> claims() {
        String times = "RFC 7519 section 4.1";
        return List.of(
                forged(
                        "server-token-issuer-validation",
                        HANDLING,
                        "iss of another authority",
                        token -> token.with("iss", "https://issuer.example/other")),
                forged(
                        "server-token-issuer-validation",
                        HANDLING,
                        "iss with a suffix",
                        token -> token.with("iss", token.claim("iss") + ".example")),
                forged("server-token-issuer-validation", HANDLING, "no iss", token -> token.without("iss")),
                audience("https://graph.microsoft.com"),
                audience("00000003-0000-0000-c000-000000000000"),
                audience("https://ai.azure.com"),
                audience("https://mcp.example/other"),
                forged("server-token-audience-validation", HANDLING, "no aud", token -> token.without("aud")),
                forged("server-token-expired", HANDLING, "exp an hour ago", token -> token.with("exp", now() - HOUR)),
                forged("server-token-not-yet-valid", times, "nbf in an hour", token -> token.with("nbf", now() + HOUR)),
                forged(
                                "server-token-sender-constrained",
                                "RFC 9449 section 7; conformance#369",
                                "a token bound to a key, sent as a bearer token",
                                token ->
                                        token.with("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")))
                        .at(SHOULD));
    }

    private static Check audience(String audience) {
        return forged(
                "server-token-audience-validation",
                HANDLING,
                "aud is " + audience,
                token -> token.with("aud", audience));
    }

    private static List<Check> kinds() {
        return List.of(
                instead("server-token-audience-validation", OTHER_RESOURCE, "a genuine token for another resource"),
                instead("server-token-id-token", ID_TOKEN, "the ID token of the same sign-in"),
                new Check(
                        "server-token-user-required",
                        MUST,
                        "OAuth 2.1 section 5.2",
                        "an application's own token, without the grant that lets it in",
                        "401 or 403",
                        client -> Check.with(
                                client,
                                APPLICATION_WITHOUT_GRANT,
                                token -> afterControl(
                                        client,
                                        client.token(APPLICATION).isPresent() ? APPLICATION : READING,
                                        client.reading().bearing(token.compact()),
                                        answer -> answer.status() == 401 || answer.status() == 403))),
                new Check(
                        "server-token-scope-missing",
                        MUST,
                        "MCP authorization, Error Handling",
                        "a token without the scope that the tool needs",
                        "403, error=\"insufficient_scope\"",
                        client -> Check.with(
                                client,
                                WITHOUT_SCOPE,
                                token -> afterControl(
                                        client,
                                        READING,
                                        client.reading().bearing(token.compact()),
                                        answer -> answer.status() == 403
                                                && answer.challenge().error("insufficient_scope")))));
    }

    private static Check instead(String id, Issuer.Purpose purpose, String sent) {
        return new Check(
                id,
                MUST,
                HANDLING,
                sent,
                UNAUTHORIZED,
                client -> Check.with(
                        client,
                        purpose,
                        token -> afterControl(
                                client,
                                READING,
                                client.reading().bearing(token.compact()),
                                TokenChecks::unauthorized)));
    }

    private static List<Check> placement() {
        return List.of(
                new Check(
                        "server-token-in-query",
                        MUST,
                        "MCP authorization, Token Requirements",
                        "a good token in the query alone",
                        "no result; 400 or 401",
                        client -> Check.with(
                                client,
                                READING,
                                token -> afterControl(
                                        client,
                                        READING,
                                        client.reading()
                                                .at(queried(client.target().url(), token)),
                                        answer -> answer.status() == 401 || answer.status() == 400))),
                twice("a good header, then a bad one", token -> List.of(token.compact(), flipped(token))),
                twice("a bad header, then a good one", token -> List.of(flipped(token), token.compact())));
    }

    private static URI queried(URI url, Token token) {
        return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + "access_token=" + token.compact());
    }

    private static Check twice(String sent, Function<Token, List<String>> tokens) {
        return new Check(
                "server-token-two-headers",
                SHOULD,
                BEARER,
                sent,
                "no result; 400 or 401",
                client -> Check.with(client, READING, token -> {
                    Request request = client.reading();
                    for (String compact : tokens.apply(token)) {
                        request = request.bearing(compact);
                    }
                    return afterControl(
                            client, READING, request, answer -> answer.status() == 400 || answer.status() == 401);
                }));
    }

    /** A token signed anew after a change. */
    private static Check forged(String id, String source, String sent, UnaryOperator<Token> change) {
        return new Check(
                id,
                MUST,
                source,
                sent,
                UNAUTHORIZED,
                client -> afterGood(client, token -> change.apply(token).compact()));
    }

    /** A token whose text was changed after it was signed. */
    private static Check spoilt(String id, String sent, Function<Token, String> change) {
        return spoilt(id, MUST, sent, HANDLING, change, TokenChecks::unauthorized);
    }

    private static Check spoilt(
            String id,
            Check.Level level,
            String sent,
            String source,
            Function<Token, String> change,
            Function<Answer, Boolean> passes) {
        return new Check(
                id,
                level,
                source,
                sent,
                UNAUTHORIZED,
                client -> Check.with(
                        client,
                        READING,
                        token -> afterControl(client, READING, client.reading().bearing(change.apply(token)), passes)));
    }

    private static Verdict afterGood(Client client, Function<Token, String> change) {
        return Check.with(
                client,
                READING,
                token -> token.signable()
                        ? afterControl(
                                client,
                                READING,
                                client.reading().bearing(change.apply(token)),
                                TokenChecks::unauthorized)
                        : Verdict.notApplicable("the issuer of this run signs no doctored tokens"));
    }

    private static Verdict afterControl(
            Client client, Issuer.Purpose control, Request change, Function<Answer, Boolean> passes) {
        return Check.with(
                client,
                control,
                token -> Check.afterControl(
                        client.call(control, client.target().reading()).bearing(token.compact()), change, passes));
    }

    private static boolean unauthorized(Answer answer) {
        return answer.status() == 401 && answer.challenge().bearer();
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
