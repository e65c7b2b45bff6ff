package dev.throughline.battery;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A server and its issuer as a JSON file describes them:
 *
 * <pre>{@code
 * {
 *   "url": "http://localhost:9080/api/v1/mcp",
 *   "keys": "signing-keys.json",
 *   "scope_claim": "scp",
 *   "scope_prefix": "api://orders/",
 *   "tokens": {
 *     "reading": {"iss": "...", "aud": "...", "sub": "...", "scp": "Orders.Read"},
 *     "privileged": {...}, "without_scope": {...}, ...
 *   },
 *   "reading": {"tool": "list-orders", "arguments": {}},
 *   "privileged": {"tool": "delete-order", "arguments": {"id": "ORD-9999999999"}, "scopes": ["api://orders/Orders.Write"]}
 * }
 * }</pre>
 *
 * {@code keys} names a JWK set whose first key, with its private half, signs; beside this file, if it is a relative
 * name. A token is an object of claims, which get fresh times, or the compact form of a token that the issuer made:
 * with such alone, as for an authority that is not one's own, {@code keys} is left out, and the checks that sign are
 * not applicable. The names of tokens are those of {@link Issuer.Purpose} in lower case; only {@code reading} is
 * required.
 */
public final class TargetFile {
    private TargetFile() {}

    /** Reads it. */
    public static Target read(Path file) throws IOException {
        Json json = Json.of(Files.readString(file));
        Json privileged = json.at("privileged");
        Set<String> scopes = new LinkedHashSet<>();
        privileged
                .at("scopes")
                .elements()
                .forEach(scope -> scopes.add(scope.text().orElseThrow()));
        return new Target(
                URI.create(required(json, "url")),
                new DescribedIssuer(json, key(file, json)),
                call(json.at("reading")),
                privileged.exists() ? Optional.of(call(privileged)) : Optional.empty(),
                scopes);
    }

    private static Target.ToolCall call(Json call) {
        return new Target.ToolCall(required(call, "tool"), call.at("arguments").members());
    }

    private static String required(Json json, String name) {
        return json.at(name)
                .text()
                .orElseThrow(() -> new IllegalArgumentException("The file must tell '" + name + "'"));
    }

    private static Optional<RSAKey> key(Path file, Json json) throws IOException {
        Optional<String> name = json.at("keys").text();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path keys = file.toAbsolutePath().resolveSibling(name.get());
            return Optional.of(
                    JWKSet.parse(Files.readString(keys)).getKeys().get(0).toRSAKey());
        } catch (ParseException e) {
            throw new IllegalArgumentException("'keys' must name a JWK set with a private RSA key", e);
        }
    }
}
