package dev.throughline.in.security;

import dev.throughline.access.Scope;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.List;

/** The two documents from which clients learn how to sign people in. */
final class SignInDocuments {
    private final SignInSettings settings;
    private final Challenges challenges;

    SignInDocuments(SignInSettings settings, Challenges challenges) {
        this.settings = settings;
        this.challenges = challenges;
    }

    /** For MCP clients: RFC 9728 section 2. Who needs no token is told neither where to get one nor how to send it. */
    JsonObject protectedResource() {
        JsonObjectBuilder document = Json.createObjectBuilder()
                .add("resource", settings.mcpResource().toString());
        JsonArrayBuilder methods = Json.createArrayBuilder();
        if (settings.authRequired()) {
            String server = settings.authorizationServer().toString();
            document.add("authorization_servers", array(List.of(server))).add("scopes_supported", scopes());
            methods.add("header");
        } else {
            document.add("authRequired", false);
        }
        return document.add("bearer_methods_supported", methods)
                .add("resource_name", "Throughline orders")
                .build();
    }

    /** For the web chat, in the words of its sign-in library. */
    JsonObject webChat() {
        JsonObjectBuilder document = Json.createObjectBuilder()
                .add("clientId", settings.webClientId())
                .add("authority", settings.authority().toString())
                .add("knownAuthorities", array(settings.knownAuthorities()))
                .add("scopes", scopes())
                .add("auditScopes", array(List.of(challenges.qualified(Scope.ORDERS_AUDIT))))
                .add("agent", Json.createObjectBuilder().add("name", settings.agent()))
                .add("environment", settings.environment())
                .add("consentLinkHosts", array(settings.consentLinkHosts()))
                .add("authRequired", settings.authRequired());
        settings.authorityMetadata().ifPresent(metadata -> document.add("authorityMetadata", metadata));
        return document.build();
    }

    private JsonArrayBuilder scopes() {
        return Json.createArrayBuilder()
                .add(challenges.qualified(Scope.ORDERS_READ))
                .add(challenges.qualified(Scope.ORDERS_WRITE));
    }

    private static JsonArrayBuilder array(Collection<String> texts) {
        return Json.createArrayBuilder(texts);
    }
}
