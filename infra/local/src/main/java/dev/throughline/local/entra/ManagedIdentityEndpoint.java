package dev.throughline.local.entra;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * For tests alone: what App Service and Container Apps offer to the code that they run, tokens of the managed identity.
 * It knows one identity and one resource, the token exchange. It listens on a port of its own, for whoever has the
 * header's value.
 */
public final class ManagedIdentityEndpoint implements AutoCloseable {

    private static final String PATH = "/msi/token";
    private static final String VERSION = "2019-08-01";

    private final String header = Expiring.newId();
    private final Directory directory;
    private final TokenFactory tokens;
    private final HttpServer server;

    ManagedIdentityEndpoint(Directory directory, TokenFactory tokens) {
        this.directory = directory;
        this.tokens = tokens;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("The managed identity endpoint finds no port", e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /** What the host sets as {@code IDENTITY_ENDPOINT}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    /** What the host sets as {@code IDENTITY_HEADER}: to be sent as {@code X-IDENTITY-HEADER}. */
    public String header() {
        return header;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange http) throws IOException {
        try (http) {
            if (!http.getRequestURI().getPath().equals(PATH)) {
                refuse(http, 404, "There is nothing here.");
            } else if (!http.getRequestMethod().equals("GET")) {
                refuse(http, 405, "Tokens are had by GET.");
            } else if (!isTrusted(http.getRequestHeaders().getFirst("X-IDENTITY-HEADER"))) {
                refuse(http, 401, "The header X-IDENTITY-HEADER is missing or wrong.");
            } else {
                answer(http);
            }
        }
    }

    private boolean isTrusted(String presented) {
        return presented != null
                && MessageDigest.isEqual(
                        presented.getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange http) throws IOException {
        try {
            Parameters query = Parameters.parse(http.getRequestURI().getRawQuery());
            query.refuseRepeated();
            Optional<String> resource = query.optional("resource").filter(directory.tokenExchange()::isKnownAs);
            ManagedIdentity identity = directory.managedIdentity();
            if (!query.optional("api-version").equals(Optional.of(VERSION))) {
                refuse(http, 400, "The api-version is " + VERSION + ".");
            } else if (!query.optional("client_id").equals(Optional.of(identity.clientId()))) {
                refuse(http, 400, "No managed identity with this client_id is assigned.");
            } else if (resource.isEmpty()) {
                refuse(http, 400, "The resource is unknown.");
            } else {
                send(http, 200, token(identity, resource.get()));
            }
        } catch (AadException e) {
            refuse(http, 400, "The query is malformed.");
        }
    }

    private Map<String, Object> token(ManagedIdentity identity, String resource) {
        Map<String, Object> claims = tokens.managedIdentity(directory.home(), identity, directory.tokenExchange());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("access_token", tokens.sign(claims));
        json.put("expires_on", String.valueOf(claims.get("exp")));
        json.put("resource", resource);
        json.put("token_type", "Bearer");
        json.put("client_id", identity.clientId());
        return json;
    }

    private static void refuse(HttpExchange http, int status, String message) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("statusCode", status);
        json.put("message", message);
        json.put("correlationId", UUID.randomUUID().toString());
        send(http, status, json);
    }

    private static void send(HttpExchange http, int status, Map<String, Object> json) throws IOException {
        byte[] bytes = JSONObjectUtils.toJSONString(json).getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        http.getResponseHeaders().set("Cache-Control", "no-store");
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
    }
}
