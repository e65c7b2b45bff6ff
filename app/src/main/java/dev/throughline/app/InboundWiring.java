package dev.throughline.app;

import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.TenantId;
import dev.throughline.in.mcp.McpSettings;
import dev.throughline.in.orders.CursorKey;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.Dialect;
import dev.throughline.in.security.GateMetrics;
import dev.throughline.in.security.SignInSettings;
import dev.throughline.in.security.TokenGate;
import dev.throughline.in.security.TokenIssuer;
import dev.throughline.in.security.TokenSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gives the inbound adapters what they need: the gate's settings and how people sign in. */
@Dependent
class InboundWiring {
    @Resource
    private @Nullable ManagedScheduledExecutorService executor;

    @Produces
    @Singleton
    TokenGate gate(Settings settings, AgentRegistry registry, GateMetrics metrics, Clock clock) {
        TenantId tenant = new TenantId(settings.tenant());
        List<String> issuers = settings.issuers();
        List<URI> keys = settings.keys();
        List<TokenIssuer> known = IntStream.range(0, issuers.size())
                .mapToObj(i -> TokenIssuer.named(issuers.get(i), tenant, keys.get(i), settings.audiences()))
                .map(issuer -> settings.acceptsFoundryAudience() ? passing(issuer) : issuer)
                .toList();
        if (settings.acceptsFoundryAudience() && known.stream().noneMatch(InboundWiring::isOfFoundry)) {
            throw new InvalidSettingException(
                    "AUTH_ACCEPT_FOUNDRY_AUDIENCE", "needs the tenant's issuer of version 1.0 among AUTH_ISSUERS");
        }
        TokenSettings tokens = new TokenSettings(tenant, known, settings.tokenCache());
        return new TokenGate(tokens, registry, metrics, clock, Objects.requireNonNull(executor));
    }

    /** Tokens for the agent service are of version 1.0. */
    private static TokenIssuer passing(TokenIssuer issuer) {
        return isOfFoundry(issuer) ? issuer.passing(Set.of("https://ai.azure.com")) : issuer;
    }

    private static boolean isOfFoundry(TokenIssuer issuer) {
        return issuer.dialect() == Dialect.ENTRA_V1;
    }

    void close(@Disposes TokenGate gate) {
        gate.close();
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
