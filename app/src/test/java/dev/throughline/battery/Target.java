package dev.throughline.battery;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The server under test.
 *
 * @param url its MCP endpoint, as clients know it
 * @param reading a call that a {@link Issuer.Purpose#READING} token may make, and that changes nothing
 * @param privileged a call that needs more scopes and, made with them, does no harm; empty where no tool needs more
 * @param privilegedScopes all scopes that the privileged call needs, as a challenge writes them
 */
public record Target(
        URI url, Issuer issuer, ToolCall reading, Optional<ToolCall> privileged, Set<String> privilegedScopes) {

    /** A tool and what it is called with. */
    public record ToolCall(String tool, Map<String, Object> arguments) {
        Map<String, Object> parameters() {
            return Map.of("name", tool, "arguments", arguments);
        }
    }

    public Target {
        privilegedScopes = Set.copyOf(privilegedScopes);
    }

    /** The place of the metadata that belongs to the endpoint's path (RFC 9728 section 3.1). */
    URI metadataOfPath() {
        String path = url.getRawPath().equals("/") ? "" : url.getRawPath();
        return url.resolve("/.well-known/oauth-protected-resource" + path);
    }

    URI metadataOfRoot() {
        return url.resolve("/.well-known/oauth-protected-resource");
    }
}
