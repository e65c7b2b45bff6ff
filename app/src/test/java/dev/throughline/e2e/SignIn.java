package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.local.LocalPorts;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Signs people in as a browser app does: authorization code with PKCE, at the Entra stand-in. */
public final class SignIn {
    private static final String PREFIX = "api://" + Ids.API + "/";

    private final LocalPorts ports;
    private final Map<String, String> tokens = new LinkedHashMap<>();

    public SignIn(LocalPorts ports) {
        this.ports = ports;
    }

    /** A token of the web chat with the scopes that it asks for; the same again while the tests run. */
    public String token(Person person) {
        return tokens.computeIfAbsent(person.login, login -> token(person, "Orders.Read", "Orders.Write"));
    }

    /** A fresh token of the web chat with exactly these scopes. */
    public String token(Person person, String... scopes) {
        return token(person, Ids.WEB_CHAT, "http://localhost:" + ports.web() + "/", Map.of("prompt", "none"), scopes);
    }

    /** A fresh token of an MCP client on the person's machine, which listens on a port of its choice for the code. */
    public String desktopToken(Person person, String... scopes) {
        return token(person, Ids.DESKTOP, "http://127.0.0.1:49152/callback", Map.of("consent", "accept"), scopes);
    }

    private String token(
            Person person, String client, String redirect, Map<String, String> scripted, String... scopes) {
        String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
        Map<String, String> question = new LinkedHashMap<>(scripted);
        question.put("client_id", client);
        question.put("response_type", "code");
        question.put("response_mode", "query");
        question.put("redirect_uri", redirect);
        question.put("scope", Arrays.stream(scopes).map(PREFIX::concat).collect(Collectors.joining(" ")));
        question.put("code_challenge", challenge(verifier));
        question.put("code_challenge_method", "S256");
        question.put("login_hint", person.login);
        question.put("state", "s");
        HttpResponse<String> answer =
                Http.get(URI.create(authority(person) + "/oauth2/v2.0/authorize?" + form(question)));
        assertEquals(302, answer.statusCode(), answer.body());
        String code =
                parameter(URI.create(answer.headers().firstValue("Location").orElseThrow()), "code");
        HttpResponse<String> redeemed = Http.postForm(
                URI.create(authority(person) + "/oauth2/v2.0/token"),
                form(Map.of(
                        "client_id", client,
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
