package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.local.LocalPorts;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Signs people in as a browser app does: authorization code with PKCE, at the Entra stand-in. */
final class SignIn {
    private static final String PREFIX = "api://" + Ids.API + "/";

    private final LocalPorts ports;
    private final Map<String, String> tokens = new LinkedHashMap<>();

    SignIn(LocalPorts ports) {
        this.ports = ports;
    }

    /** A token of the web chat with the scopes that it asks for; the same again while the tests run. */
    String token(Person person) {
        return tokens.computeIfAbsent(person.login, login -> token(person, "Orders.Read", "Orders.Write"));
    }

    /** A fresh token of the web chat with exactly these scopes. */
    String token(Person person, String... scopes) {
        String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
        String redirect = "http://localhost:" + ports.web() + "/";
        URI authorize = URI.create(authority(person) + "/oauth2/v2.0/authorize?"
                + form(Map.of(
                        "client_id",
                        Ids.WEB_CHAT,
                        "response_type",
                        "code",
                        "response_mode",
                        "query",
                        "redirect_uri",
                        redirect,
                        "scope",
                        java.util.Arrays.stream(scopes).map(PREFIX::concat).collect(Collectors.joining(" ")),
                        "code_challenge",
                        challenge(verifier),
                        "code_challenge_method",
                        "S256",
                        "login_hint",
                        person.login,
                        "prompt",
                        "none",
                        "state",
                        "s")));
        HttpResponse<String> answer = Http.get(authorize);
        assertEquals(302, answer.statusCode(), answer.body());
        String code =
                parameter(URI.create(answer.headers().firstValue("Location").orElseThrow()), "code");
        HttpResponse<String> redeemed = Http.postForm(
                URI.create(authority(person) + "/oauth2/v2.0/token"),
                form(Map.of(
                        "client_id", Ids.WEB_CHAT,
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", redirect,
                        "code_verifier", verifier)));
        assertEquals(200, redeemed.statusCode(), redeemed.body());
        return Json.of(redeemed.body()).text("access_token");
    }

    private String authority(Person person) {
        return "http://localhost:" + ports.entra() + "/" + person.tenant;
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry ->
                        entry.getKey() + "=" + java.net.URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String parameter(URI uri, String name) {
        for (String pair : uri.getRawQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("No " + name + " in " + uri);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
