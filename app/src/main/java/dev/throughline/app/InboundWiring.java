package dev.throughline.app;

import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Consents;
import dev.throughline.access.TenantId;
import dev.throughline.in.edge.EdgeSettings;
import dev.throughline.in.mcp.ProtocolVersions;
import dev.throughline.in.mcp.RequestStateKey;
import dev.throughline.in.orders.ApprovalLinks;
import dev.throughline.in.security.Authentication;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.GateMetrics;
import dev.throughline.in.security.OpenGate;
import dev.throughline.in.security.SignInSettings;
import dev.throughline.in.security.TokenGate;
import dev.throughline.in.wire.CursorKey;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the inbound adapters what they need: the gate's settings and how people sign in. */
@Dependent
class InboundWiring {
    @Resource
    private @Nullable ManagedScheduledExecutorService executor;

    /** The one decision whether callers are authenticated. */
    @Produces
    @Singleton
    Authentication authentication(
            Settings settings, AgentRegistry registry, Consents consents, GateMetrics metrics, Clock clock) {
        return settings.authRequired()
                ? new TokenGate(
                        settings.trust().tokens(), registry, consents, metrics, clock, Objects.requireNonNull(executor))
                : new OpenGate(new TenantId(settings.registration().tenant()));
    }

    void close(@Disposes Authentication authentication) {
        authentication.close();
    }

    @Produces
    @Singleton
    SignInSettings signIn(Settings settings, AgentRegistry registry) {
        URI authority = settings.trust().authority();
        boolean plain = "http".equals(authority.getScheme());
        return new SignInSettings(
                settings.publicUrl(),
                new RegistryCheck(registry).webChat().client().value(),
                // Sign-in libraries demand https by name; with the metadata given they never contact it.
                plain ? URI.create("https" + authority.toString().substring("http".length())) : authority,
                URI.create(settings.trust().issuer()),
                plain
                        ? Optional.of(
                                AuthorityMetadata.of(authority, settings.trust().issuer()))
                        : Optional.empty(),
                settings.agents().agent(),
                settings.environment().toString(),
                settings.agents().consentLinkHosts(),
                settings.authRequired());
    }

    @Produces
    @Singleton
    Challenges challenges(Settings settings, SignInSettings signIn) {
        return new Challenges(signIn.mcpMetadata(), settings.registration().scopePrefix());
    }

    @Produces
    @Singleton
    EdgeSettings edge(Settings settings) {
        URI authority = settings.trust().authority();
        return new EdgeSettings(
                settings.publicUrl(),
                settings.corsOrigins(),
                URI.create(authority.getScheme() + "://" + authority.getRawAuthority()),
                settings.local(),
                settings.environment().ofDevelopers());
    }

    @Produces
    @Singleton
    ApprovalLinks approvalLinks(Settings settings) {
        return new ApprovalLinks(settings.publicUrl());
    }

    @Produces
    @Singleton
    CursorKey cursorKey(Settings settings) {
        return new CursorKey(settings.stateKey().bytes());
    }

    @Produces
    @Singleton
    ProtocolVersions protocolVersions(Settings settings) {
        return settings.mcpRevisions();
    }

    @Produces
    @Singleton
    RequestStateKey requestStateKey(Settings settings) {
        return RequestStateKey.from(settings.stateKey().bytes());
    }
}
