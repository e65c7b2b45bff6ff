package dev.throughline.app;

import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.TenantId;
import dev.throughline.in.mcp.McpSettings;
import dev.throughline.in.orders.CursorKey;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.SignInSettings;
import dev.throughline.in.security.TokenGate;
import dev.throughline.in.security.TokenSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives the inbound adapters what they need: the gate's settings and how people sign in. */
@Dependent
class InboundWiring {
    @Resource
    private @Nullable ManagedExecutorService executor;

    @Produces
    @Singleton
    TokenGate gate(Settings settings, AgentRegistry registry, Clock clock) {
        TokenSettings tokens = new TokenSettings(
                new TenantId(settings.tenant()), settings.issuer(), settings.keys(), settings.audiences());
        return new TokenGate(tokens, registry, clock, Objects.requireNonNull(executor));
    }

    @Produces
    @Singleton
    SignInSettings signIn(Settings settings, AgentRegistry registry) {
        URI authority = settings.authority();
        boolean plain = "http".equals(authority.getScheme());
        return new SignInSettings(
                settings.publicUrl(),
                webChat(registry).client().value(),
                // Sign-in libraries demand https by name; with the metadata given they never contact it.
                plain ? URI.create("https" + authority.toString().substring("http".length())) : authority,
                URI.create(authority.getScheme() + "://" + authority.getRawAuthority()),
                URI.create(settings.issuer()),
                plain ? Optional.of(AuthorityMetadata.of(authority, settings.issuer())) : Optional.empty(),
                settings.agent(),
                settings.environment(),
                settings.consentLinkHosts());
    }

    @Produces
    @Singleton
    Challenges challenges(Settings settings, SignInSettings signIn) {
        return new Challenges(signIn.mcpMetadata(), settings.scopePrefix());
    }

    @Produces
    @Singleton
    McpSettings mcp(Settings settings) {
        URI address = settings.publicUrl();
        Set<String> origins = new HashSet<>(settings.corsOrigins());
        origins.add(address.getScheme() + "://" + address.getRawAuthority());
        if (settings.local()) {
            origins.add("http://localhost:*");
        }
        Set<String> hosts = new HashSet<>(Set.of(address.getRawAuthority()));
        if (settings.local()) {
            hosts.addAll(Set.of("localhost:*", "127.0.0.1:*"));
        }
        return new McpSettings(origins, hosts);
    }

    @Produces
    @Singleton
    CursorKey cursorKey(Settings settings) {
        return new CursorKey(settings.stateKey());
    }

    private static App webChat(AgentRegistry registry) {
        return registry.apps().stream()
                .filter(App::mayApprove)
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        "AGENTS_FILE", "names no app with mayApprove, so nobody could sign in to the web chat"));
    }
}
