package dev.throughline.app;

import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Budgets;
import dev.throughline.access.ClientId;
import dev.throughline.conversation.AgentGateway;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.out.audit.AuditForm;
import dev.throughline.out.audit.CheckpointFile;
import dev.throughline.out.audit.LogKey;
import dev.throughline.out.database.IdentityKey;
import dev.throughline.out.entra.EntraDelegatedTokens;
import dev.throughline.out.entra.EntraSettings;
import dev.throughline.out.foundry.FoundryAgentGateway;
import dev.throughline.out.foundry.FoundrySettings;
import dev.throughline.out.limits.DatabaseBudgets;
import dev.throughline.out.limits.InMemoryBudgets;
import dev.throughline.out.limits.Limits;
import dev.throughline.out.registry.FileAgentRegistry;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes what is called: the authority's token endpoint, the agent service, the agent registry and the budgets. */
@Dependent
class OutboundWiring {
    /** Not shareable: a connection would else stay with its request to the end, however long an agent takes. */
    @Resource(name = "jdbc/limits", lookup = "jdbc/throughline", shareable = false)
    private @Nullable DataSource database;

    @Resource
    private @Nullable ManagedScheduledExecutorService executor;

    @Produces
    @Singleton
    AgentRegistry registry(Settings settings) {
        try {
            return new FileAgentRegistry(settings.agents().registry());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("AGENTS_FILE", "does not do, since " + clause(e.getMessage()));
        }
    }

    @Produces
    @Singleton
    LogKey auditKey(Settings settings) {
        return new LogKey(settings.audit().name(), settings.audit().seed().bytes());
    }

    @Produces
    @Singleton
    CheckpointFile auditCheckpoints(Settings settings) {
        return new CheckpointFile(settings.audit().checkpoints());
    }

    /** Each start of a server is an instance of its own. */
    @Produces
    @Singleton
    AuditForm auditForm(Clock clock) {
        return new AuditForm(UUID.randomUUID().toString(), clock);
    }

    @Produces
    @Singleton
    IdentityKey identityKey(Settings settings) {
        return new IdentityKey(settings.identityKey().bytes());
    }

    /** Made when it is first used: the settings are checked at the start, where they can say what is wrong. */
    @Produces
    @ApplicationScoped
    Budgets budgets(Settings settings) {
        Limits limits = settings.limits().limits();
        return settings.limits().shared()
                ? new DatabaseBudgets(limits, Objects.requireNonNull(database), Objects.requireNonNull(executor))
                : new InMemoryBudgets(limits);
    }

    void close(@Disposes Budgets budgets) {
        if (budgets instanceof DatabaseBudgets shared) {
            shared.close();
        }
    }

    /** Where there is no credential, since nobody signs in, there is nothing to exchange either. */
    @Produces
    @Singleton
    DelegatedTokens delegatedTokens(Settings settings) {
        Registration api = settings.registration();
        return api.credential()
                .<DelegatedTokens>map(credential -> new EntraDelegatedTokens(new EntraSettings(
                        URI.create(settings.trust().authority() + "/oauth2/v2.0/token"),
                        new ClientId(api.client().toString()),
                        credential)))
                .orElse((user, assertion, audience) -> new Delegation.Refused(Delegation.Failure.MISCONFIGURED));
    }

    @Produces
    @Singleton
    AgentGateway agentGateway(Settings settings) {
        AgentSettings agents = settings.agents();
        return new FoundryAgentGateway(
                new FoundrySettings(agents.project(), agents.endpoint(), agents.conversations()));
    }

    /** A sentence as a part of another. */
    private static String clause(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1).replaceFirst("\\.$", "");
    }
}
