package dev.throughline.battery;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A tiny MCP server of both eras, strict but for one laxness. It is what the battery is tried on: a battery that finds
 * nothing wrong with a lax server finds nothing.
 */
final class LaxServer implements AutoCloseable {

    /** One thing that servers get wrong. */
    enum Laxness {
        NONE,
        LETS_ANYBODY_IN,
        LETS_GARBAGE_IN,
        REFUSES_EVERYBODY_BUT_TO_SAY_HELLO,
        SKIPS_SIGNATURES,
        TAKES_ALG_NONE,
        VERIFIES_HMAC_WITH_THE_PUBLIC_PEM,
        VERIFIES_HMAC_WITH_THE_PUBLIC_DER,
        TRUSTS_EMBEDDED_KEYS,
        SKIPS_ISSUER,
        TAKES_ISSUERS_BY_PREFIX,
        SKIPS_AUDIENCE,
        SKIPS_EXPIRY,
        SKIPS_NOT_BEFORE,
        SKIPS_CONFIRMATION,
        TAKES_ID_TOKENS,
        TAKES_ANY_APPLICATION,
        SKIPS_SCOPES,
        TAKES_TOKENS_FROM_THE_QUERY,
        TAKES_THE_FIRST_OF_TWO_TOKENS,
        TAKES_THE_LAST_OF_TWO_TOKENS,
        CHALLENGES_WITH_403,
        CHALLENGES_WITHOUT_A_HEADER,
        CALLS_NO_TOKEN_INVALID,
        CALLS_A_BAD_TOKEN_MISSING,
        HIDES_ITS_METADATA,
        LEADS_ASTRAY,
        CHALLENGES_WITHOUT_SCOPE,
        ASKS_FOR_OFFLINE_ACCESS,
        BUILDS_ADDRESSES_FROM_FORWARDED_HEADERS,
        BUILDS_ADDRESSES_FROM_THE_HOST,
        HAS_NO_METADATA_AT_ITS_PATH,
        HAS_OTHER_METADATA_AT_THE_ROOT,
        NAMES_ANOTHER_RESOURCE,
        NAMES_NO_AUTHORITY,
        NAMES_AN_UNKNOWN_AUTHORITY,
        OFFERS_THE_QUERY,
        REFUSES_SCOPES_INSIDE_200,
        ASKS_FOR_ONE_SCOPE_AFTER_THE_OTHER,
        STEPS_UP_WITHOUT_METADATA,
        HIDES_TOOLS_BEFORE_STEP_UP,
        DECIDES_BY_THE_NAME_IN_THE_HEADER,
        IGNORES_THE_NAME_IN_THE_HEADER,
        IGNORES_THE_METHOD_IN_THE_HEADER,
        IGNORES_THE_VERSION_IN_THE_HEADER,
        READS_THE_LAST_NAME_OF_TWO,
        READS_NO_ENCODED_NAMES,
        NEEDS_NO_HEADERS,
        AUTHENTICATES_BY_SESSION,
        SHARES_SESSIONS,
        CALLS_LISTS_PUBLIC,
        LETS_CACHES_SHARE_LISTS,
        REPLAYS_LISTS,
        ANSWERS_ANY_ORIGIN,
        ANSWERS_ANY_HOST
    }

    static final String READING = "read";
    static final String PRIVILEGED = "erase";
    static final String READ_SCOPE = "things.read";
    static final Set<String> ERASE_SCOPES = Set.of("things.audit", "things.erase");
    private static final String ISSUER = "/issuer";
    private static final String METADATA = "/.well-known/oauth-protected-resource";

    private final Laxness laxness;
    private final RSAPublicKey key;
    private final HttpServer server;
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private volatile Reply replayed;

    /** An answer about to be sent. */
    private record Reply(int status, Map<String, String> headers, String body) {
        static Reply json(int status, Map<String, ?> body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), Json.text(body));
        }

        Reply with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body);
        }
    }

    /** The request cannot be answered as it is. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Reply reply;

        RefusedException(Reply reply) {
            this.reply = reply;
        }
    }

    LaxServer(Laxness laxness, RSAPublicKey key) {
        this.laxness = laxness;
        this.key = key;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create(base() + "/mcp");
    }

    String issuer() {
        return base() + ISSUER;
    }

    private String base() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private boolean is(Laxness what) {
        return laxness == what;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Reply reply;
        try {
            reply = reply(exchange);
        } catch (RefusedException e) {
            reply = e.reply;
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Reply reply(HttpExchange exchange) throws IOException, RefusedException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(METADATA)) {
            return metadata(exchange, path);
        }
        if (path.equals(ISSUER + "/.well-known/openid-configuration")) {
            return Reply.json(200, Map.of("issuer", issuer()));
        }
        if (!path.equals("/mcp")) {
            return Reply.json(404, Map.of());
        }
        requireKnownHost(exchange);
        Json message = Json.of(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Json claims = claims(exchange, message);
        requireOwnOrigin(exchange);
        return dispatch(exchange, message, claims);
    }

    private Reply metadata(HttpExchange exchange, String path) {
        boolean root = path.equals(METADATA);
        if (!root && (!path.equals(METADATA + "/mcp") || is(Laxness.HAS_NO_METADATA_AT_ITS_PATH))) {
            return Reply.json(404, Map.of());
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("resource", shownBase(exchange) + (is(Laxness.NAMES_ANOTHER_RESOURCE) ? "/mcp/" : "/mcp"));
        document.put("authorization_servers", authorities());
        List<String> scopes = new ArrayList<>(List.of(READ_SCOPE));
        if (is(Laxness.ASKS_FOR_OFFLINE_ACCESS)) {
            scopes.add("offline_access");
        }
        document.put("scopes_supported", scopes);
        document.put("bearer_methods_supported", is(Laxness.OFFERS_THE_QUERY) ? List.of("query") : List.of("header"));
        if (root && is(Laxness.HAS_OTHER_METADATA_AT_THE_ROOT)) {
            document.put("resource", base());
        }
        return Reply.json(200, document);
    }

    private List<String> authorities() {
        if (is(Laxness.NAMES_NO_AUTHORITY)) {
            return List.of();
        }
        return List.of(is(Laxness.NAMES_AN_UNKNOWN_AUTHORITY) ? issuer() + "/other" : issuer());
    }

    private String shownBase(HttpExchange exchange) {
        String forwarded = exchange.getRequestHeaders().getFirst("X-Forwarded-Host");
        if (is(Laxness.BUILDS_ADDRESSES_FROM_FORWARDED_HEADERS) && forwarded != null) {
            return "http://" + forwarded;
        }
        return is(Laxness.BUILDS_ADDRESSES_FROM_THE_HOST)
                ? "http://" + exchange.getRequestHeaders().getFirst("Host")
                : base();
    }

    private void requireKnownHost(HttpExchange exchange) throws RefusedException {
        boolean known = URI.create(base())
                .getAuthority()
                .equals(exchange.getRequestHeaders().getFirst("Host"));
        if (!known && !is(Laxness.ANSWERS_ANY_HOST) && !is(Laxness.BUILDS_ADDRESSES_FROM_THE_HOST)) {
            throw new RefusedException(Reply.json(421, Map.of()));
        }
    }

    private void requireOwnOrigin(HttpExchange exchange) throws RefusedException {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (origin != null && !origin.equals(base()) && !is(Laxness.ANSWERS_ANY_ORIGIN)) {
            throw new RefusedException(Reply.json(403, Map.of()));
        }
    }

    private Json claims(HttpExchange exchange, Json message) throws RefusedException {
        List<String> headers = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        String session = exchange.getRequestHeaders().getFirst("Mcp-Session-Id");
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        if (headers.isEmpty() && is(Laxness.LETS_ANYBODY_IN)
                || headers.isEmpty() && session != null && is(Laxness.AUTHENTICATES_BY_SESSION)) {
            return new Json(Map.of("sub", "vic", "scope", READ_SCOPE));
        }
        if (headers.isEmpty()
                && is(Laxness.REPLAYS_LISTS)
                && replayed != null
                && message.at("method").text().equals(Optional.of("tools/list"))) {
            throw new RefusedException(replayed);
        }
        if (headers.isEmpty() && is(Laxness.TAKES_TOKENS_FROM_THE_QUERY) && query.startsWith("access_token=")) {
            return verified(exchange, query.substring("access_token=".length()));
        }
        if (headers.isEmpty()) {
            throw new RefusedException(challenge(exchange, is(Laxness.CALLS_NO_TOKEN_INVALID) ? "invalid_token" : ""));
        }
        return verified(exchange, one(headers).substring("Bearer ".length()));
    }

    private String one(List<String> headers) throws RefusedException {
        if (headers.size() == 1 || is(Laxness.TAKES_THE_FIRST_OF_TWO_TOKENS)) {
            return headers.get(0);
        }
        if (is(Laxness.TAKES_THE_LAST_OF_TWO_TOKENS)) {
            return headers.get(headers.size() - 1);
        }
        throw new RefusedException(Reply.json(400, Map.of()));
    }

    private Json verified(HttpExchange exchange, String token) throws RefusedException {
        if (token.equals("abc") && is(Laxness.LETS_GARBAGE_IN)) {
            return new Json(Map.of("sub", "vic", "scope", READ_SCOPE));
        }
        Json claims = signed(token);
        if (!claims.exists() || !good(claims)) {
            throw new RefusedException(
                    challenge(exchange, is(Laxness.CALLS_A_BAD_TOKEN_MISSING) ? "" : "invalid_token"));
        }
        return claims;
    }

    /** The claims; missing where nobody can have signed them. */
    private Json signed(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length < 2) {
            return Json.MISSING;
        }
        String payload = new com.nimbusds.jose.util.Base64URL(parts[1]).decodeToString();
        if (is(Laxness.SKIPS_SIGNATURES)) {
            return Json.of(payload);
        }
        try {
            String algorithm = Json.of(new com.nimbusds.jose.util.Base64URL(parts[0]).decodeToString())
                    .at("alg")
                    .text()
                    .orElse("");
            if (is(Laxness.TAKES_ALG_NONE) && algorithm.equalsIgnoreCase("none")) {
                return Json.of(payload);
            }
            JWSObject jws = JWSObject.parse(token);
            return verified(jws) ? Json.of(payload) : Json.MISSING;
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Json.MISSING;
        }
    }

    private boolean verified(JWSObject jws) throws JOSEException {
        if (jws.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)) {
            return is(Laxness.VERIFIES_HMAC_WITH_THE_PUBLIC_PEM) && jws.verify(new MACVerifier(Keys.pem(key)))
                    || is(Laxness.VERIFIES_HMAC_WITH_THE_PUBLIC_DER) && jws.verify(new MACVerifier(key.getEncoded()));
        }
        RSAKey embedded = jws.getHeader().getJWK() instanceof RSAKey handed ? handed : null;
        RSAPublicKey trusted = is(Laxness.TRUSTS_EMBEDDED_KEYS) && embedded != null ? embedded.toRSAPublicKey() : key;
        return jws.verify(new RSASSAVerifier(trusted));
    }

    private boolean good(Json claims) {
        long now = Instant.now().getEpochSecond();
        String iss = claims.at("iss").text().orElse("");
        boolean issued = is(Laxness.SKIPS_ISSUER)
                || iss.equals(issuer())
                || is(Laxness.TAKES_ISSUERS_BY_PREFIX) && iss.startsWith(issuer());
        boolean meant = is(Laxness.SKIPS_AUDIENCE)
                || claims.at("aud").text().equals(Optional.of(url().toString()))
                || is(Laxness.TAKES_ID_TOKENS) && claims.at("nonce").exists();
        boolean timely = (is(Laxness.SKIPS_EXPIRY) || claims.at("exp").number().orElse(0L) > now)
                && (is(Laxness.SKIPS_NOT_BEFORE) || claims.at("nbf").number().orElse(0L) <= now);
        boolean plain = is(Laxness.SKIPS_CONFIRMATION) || !claims.at("cnf").exists();
        boolean known = is(Laxness.TAKES_ANY_APPLICATION)
                || claims.at("idtyp").text().isEmpty()
                || claims.at("granted").isTrue();
        return issued && meant && timely && plain && known;
    }

    private Reply challenge(HttpExchange exchange, String error) {
        List<String> parameters = new ArrayList<>(List.of("realm=\"things\""));
        if (!error.isEmpty()) {
            parameters.add("error=\"" + error + "\"");
        }
        if (is(Laxness.LEADS_ASTRAY)) {
            parameters.add("resource_metadata=\"" + base() + "/nothing\"");
        } else if (!is(Laxness.HIDES_ITS_METADATA)) {
            parameters.add("resource_metadata=\"" + shownBase(exchange) + METADATA + "\"");
        }
        if (!is(Laxness.CHALLENGES_WITHOUT_SCOPE)) {
            parameters.add(
                    "scope=\"" + READ_SCOPE + (is(Laxness.ASKS_FOR_OFFLINE_ACCESS) ? " offline_access" : "") + "\"");
        }
        Reply reply = Reply.json(is(Laxness.CHALLENGES_WITH_403) ? 403 : 401, Map.of());
        return is(Laxness.CHALLENGES_WITHOUT_A_HEADER)
                ? reply
                : reply.with("WWW-Authenticate", "Bearer " + String.join(", ", parameters));
    }

    private Reply dispatch(HttpExchange exchange, Json message, Json claims) throws RefusedException {
        String method = message.at("method").text().orElse("");
        boolean stateless = message.at("params").at("_meta").exists();
        if (stateless) {
            requireSame(exchange, message, method);
        } else if (!method.equals("initialize")) {
            requireSession(exchange, claims);
        }
        return switch (method) {
            case "initialize" -> hello(claims);
            case "notifications/initialized" -> new Reply(202, Map.of(), "");
            case "server/discover" -> result(Map.of("supportedVersions", List.of(Era.STATELESS.version())));
            case "tools/list" -> list(stateless, scopes(claims));
            case "tools/call" -> call(exchange, message, claims);
            default -> Reply.json(404, error(-32601));
        };
    }

    private Reply hello(Json claims) {
        String id = UUID.randomUUID().toString();
        sessions.put(id, claims.at("sub").text().orElse(""));
        return result(Map.of("protocolVersion", Era.HANDSHAKE.version())).with("Mcp-Session-Id", id);
    }

    private void requireSession(HttpExchange exchange, Json claims) throws RefusedException {
        String owner =
                sessions.get(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"))
                        .orElse(""));
        boolean own = claims.at("sub").text().equals(Optional.ofNullable(owner));
        if (owner == null || !own && !is(Laxness.SHARES_SESSIONS)) {
            throw new RefusedException(Reply.json(404, Map.of()));
        }
    }

    private void requireSame(HttpExchange exchange, Json message, String method) throws RefusedException {
        Json parameters = message.at("params");
        String version = parameters
                .at("_meta")
                .at("io.modelcontextprotocol/protocolVersion")
                .text()
                .orElse("");
        String name = parameters.at("name").text().orElse("");
        boolean same = (is(Laxness.IGNORES_THE_VERSION_IN_THE_HEADER)
                        || header(exchange, Era.VERSION_HEADER).equals(version))
                && (is(Laxness.IGNORES_THE_METHOD_IN_THE_HEADER) || said(exchange, Era.METHOD_HEADER, method))
                && (name.isEmpty()
                        || is(Laxness.IGNORES_THE_NAME_IN_THE_HEADER)
                        || is(Laxness.DECIDES_BY_THE_NAME_IN_THE_HEADER)
                        || said(exchange, Era.NAME_HEADER, name));
        if (!same) {
            throw new RefusedException(Reply.json(400, error(-32020)));
        }
    }

    private boolean said(HttpExchange exchange, String header, String value) {
        List<String> values = exchange.getRequestHeaders().getOrDefault(header, List.of());
        if (values.isEmpty()) {
            return is(Laxness.NEEDS_NO_HEADERS);
        }
        String last = values.get(values.size() - 1);
        if (is(Laxness.READS_NO_ENCODED_NAMES) && last.startsWith("=?base64?")) {
            return true;
        }
        return (values.size() == 1 || is(Laxness.READS_THE_LAST_NAME_OF_TWO))
                && decoded(last).equals(value);
    }

    private static String decoded(String value) {
        return value.startsWith("=?base64?")
                ? new String(
                        Base64.getDecoder().decode(value.substring("=?base64?".length(), value.length() - 2)),
                        StandardCharsets.UTF_8)
                : value;
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private Reply list(boolean stateless, Set<String> scopes) {
        List<Map<String, Object>> tools = new ArrayList<>(List.of(Map.of("name", READING)));
        if (scopes.containsAll(ERASE_SCOPES) || !is(Laxness.HIDES_TOOLS_BEFORE_STEP_UP)) {
            tools.add(Map.of("name", PRIVILEGED));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("tools", tools);
        if (stateless) {
            result.put("ttlMs", 0);
            result.put("cacheScope", is(Laxness.CALLS_LISTS_PUBLIC) ? "public" : "private");
        }
        replayed = result(result)
                .with("Cache-Control", is(Laxness.LETS_CACHES_SHARE_LISTS) ? "public, max-age=60" : "no-store");
        return replayed;
    }

    private Reply call(HttpExchange exchange, Json message, Json claims) {
        String tool = message.at("params").at("name").text().orElse("");
        String decided = is(Laxness.DECIDES_BY_THE_NAME_IN_THE_HEADER)
                        && !header(exchange, Era.NAME_HEADER).isEmpty()
                ? decoded(header(exchange, Era.NAME_HEADER))
                : tool;
        Set<String> missing = new TreeSet<>(decided.equals(PRIVILEGED) ? ERASE_SCOPES : Set.of(READ_SCOPE));
        boolean more = scopes(claims).containsAll(ERASE_SCOPES);
        missing.removeAll(scopes(claims));
        if (missing.isEmpty()
                || more
                || is(Laxness.SKIPS_SCOPES)
                || claims.at("idtyp").exists()) {
            return is(Laxness.REFUSES_EVERYBODY_BUT_TO_SAY_HELLO)
                    ? Reply.json(401, Map.of())
                    : result(Map.of("content", List.of(), "isError", false));
        }
        if (is(Laxness.REFUSES_SCOPES_INSIDE_200)) {
            return Reply.json(200, error(-32001));
        }
        String scope = is(Laxness.ASKS_FOR_ONE_SCOPE_AFTER_THE_OTHER)
                ? missing.iterator().next()
                : String.join(" ", missing);
        String place = is(Laxness.STEPS_UP_WITHOUT_METADATA) ? "" : ", resource_metadata=\"" + base() + METADATA + "\"";
        return Reply.json(403, Map.of())
                .with("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"" + place);
    }

    private static Set<String> scopes(Json claims) {
        return Set.of(claims.at("scope").text().orElse("").split(" "));
    }

    private static Map<String, Object> error(int code) {
        return Map.of("jsonrpc", "2.0", "id", 1, "error", Map.of("code", code, "message", "No."));
    }

    private static Reply result(Map<String, Object> result) {
        return Reply.json(200, Map.of("jsonrpc", "2.0", "id", 1, "result", result))
                .with("Cache-Control", "no-store");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
