package dev.throughline.conversation;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Approval;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.Caller;
import dev.throughline.access.Caller.UserDirectly;
import dev.throughline.access.Consent;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Origin;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Use case: talk to an agent, as the person one is. */
public final class AskAgent {
    private static final int MOST_DECLINES = 20;

    private final AccessPolicy policy;
    private final AgentRegistry agents;
    private final Partners partners;
    private final String defaultAgent;
    private final Conversations conversations;
    private final RunPorts ports;

    /** @param defaultAgent the agent of a conversation whose beginner named none */
    public AskAgent(
            AccessPolicy policy,
            AgentRegistry agents,
            Partners partners,
            String defaultAgent,
            Conversations conversations,
            RunPorts ports) {
        this.policy = policy;
        this.agents = agents;
        this.partners = partners;
        this.defaultAgent = defaultAgent;
        this.conversations = conversations;
        this.ports = ports;
    }

    /** Decides whether there is anything to run; nothing has been sent to the agent when this returns. */
    public Opening open(Caller caller, Ask ask) {
        return policy.decide(
                        caller, Action.CHAT, Facts.at(Door.CHAT), ports.clock().instant())
                .either(permit -> noted(permit, open(permit, ask)), refusal -> {
                    ports.audit().record(AuditEntry.refused(caller, Action.CHAT, refusal));
                    return new Refused(refusal);
                });
    }

    /** A run is on record when it is kept. */
    private Opening noted(Permit permit, Opening opening) {
        if (!(opening instanceof Opened)) {
            ports.audit().recordSoon(AuditEntry.of(permit, AuditEntry.NOT_FOUND));
        }
        return opening;
    }

    private Opening open(Permit permit, Ask ask) {
        if (ask instanceof Ask.Say say) {
            return say.conversation()
                    .map(id -> in(id, permit, conversation -> goOn(permit, conversation, say)))
                    .orElseGet(() -> begin(permit, say));
        }
        if (ask instanceof Ask.Resume resume) {
            return in(resume.conversation(), permit, conversation -> resume(permit, conversation));
        }
        return decline(permit, ((Ask.Decline) ask).conversation());
    }

    private Opening begin(Permit permit, Ask.Say say) {
        Conversation begun = Conversation.start(
                new ConversationId(UUID.randomUUID()),
                permit.user(),
                say.agent().orElse(defaultAgent),
                say.message(),
                ports.clock().instant());
        return with(
                permit,
                begun,
                agent -> said(permit, agent, Turn.first(conversations, ports.clock(), begun), say.message()));
    }

    private Opening goOn(Permit permit, Conversation conversation, Ask.Say say) {
        if (say.agent().filter(named -> !named.equals(conversation.agent())).isPresent()) {
            return new NoSuchAgent();
        }
        return with(
                permit,
                conversation,
                agent -> said(permit, agent, Turn.further(conversations, ports.clock(), conversation), say.message()));
    }

    private Opening resume(Permit permit, Conversation conversation) {
        return conversation
                .waiting()
                .map(waiting -> with(permit, conversation, agent -> claim(permit, agent, conversation, waiting)))
                .orElseGet(NothingWaits::new);
    }

    /** Of all who resume the same waiting, at whichever instance, one runs. */
    private Opening claim(Permit permit, Agent agent, Conversation conversation, Waiting waiting) {
        Conversation claimed = conversation.waitingNoMore(ports.clock().instant());
        if (!conversations.replace(claimed)) {
            return new NothingWaits();
        }
        Turn turn = Turn.resumed(conversations, ports.clock(), claimed.next(), waiting);
        return opened(permit, agent, turn, new AgentRun.TakenUp(waiting), Optional.empty());
    }

    /**
     * Declines whether or not anything waits: a run that has taken up what waited finds a later version, and cannot put
     * it back. Losing to such a run is no reason not to decline.
     */
    private Opening decline(Permit permit, ConversationId id) {
        for (int attempt = 0; attempt < MOST_DECLINES; attempt++) {
            Optional<Conversation> known = known(permit, id);
            if (known.isEmpty()) {
                return new NoSuchConversation();
            }
            if (conversations.replace(known.get().waitingNoMore(ports.clock().instant()))) {
                known.get().waiting().ifPresent(waiting -> deny(permit, waiting));
                return new Opened(
                        recorded(permit, known.get().agent(), new DeclinedRun(known.get()), Optional.empty()));
            }
        }
        throw new IllegalStateException("A conversation changed too often to be declined");
    }

    /** A no to the turn is a no to everything that it asked and that the person has not answered otherwise. */
    private void deny(Permit permit, Waiting waiting) {
        Instant now = ports.clock().instant();
        waiting.approvals().forEach(id -> {
            if (!ports.approvals().answer(permit, id, Approval.State.DENIED, now)) {
                ports.approvals().withdraw(permit, id, now);
            }
        });
        if (waiting instanceof Waiting.ForFunctions functions) {
            functions
                    .consent()
                    .flatMap(id -> ports.consents().find(permit.user(), id))
                    .filter(entry -> entry.state() == Consent.ASKED)
                    .ifPresent(entry -> ports.consents().decide(permit, entry.id(), Consent.DENIED));
        }
    }

    /** Goes on with the agent of a conversation, if this person may talk to it now. */
    private Opening with(Permit permit, Conversation conversation, Function<Agent, Opening> next) {
        Optional<Agent> agent = agents.agentNamed(conversation.agent());
        if (agent.isEmpty()) {
            return new NoSuchAgent();
        }
        Decision decision = partners.decide(permit.caller(), agent.get());
        return decision.either(allowed -> next.apply(agent.get()), refusal -> {
            ports.audit()
                    .record(AuditEntry.refused(permit.caller(), Action.CHAT, refusal)
                            .naming(conversation.agent()));
            return new Opened(new RefusedRun(permit, refusal));
        });
    }

    private Opening in(ConversationId id, Permit permit, Function<Conversation, Opening> next) {
        return known(permit, id).map(next).orElseGet(NoSuchConversation::new);
    }

    private Opening said(Permit permit, Agent agent, Turn turn, String message) {
        return opened(permit, agent, turn, new AgentRun.Said(message), Optional.of(message));
    }

    private Opening opened(Permit permit, Agent agent, Turn turn, AgentRun.Opening opening, Optional<String> message) {
        UUID run = UUID.randomUUID();
        Acting acting = new Acting(
                (UserDirectly) permit.caller(),
                agent,
                ports.consents(),
                new Origin.Turn(turn.conversation().id().value(), run));
        ToolCallWitness witness = new ToolCallWitness(
                acting,
                agents.passthroughClients(),
                ports.toolCalls(),
                ports.clock().instant());
        return new Opened(recorded(
                permit, agent.name(), new AgentRun(permit, run, acting, turn, opening, ports, witness), message));
    }

    private Run recorded(Permit permit, String agent, Run run, Optional<String> message) {
        return new RecordedRun(run, conversations, permit, agent, message, ports.clock());
    }

    private Optional<Conversation> known(Permit permit, ConversationId id) {
        return conversations.find(permit.user(), id);
    }

    /** Whether there is a run. */
    public sealed interface Opening {}

    /** There is; it starts when it is told to. */
    public record Opened(Run run) implements Opening {}

    /** The policy refused. */
    public record Refused(Refusal refusal) implements Opening {}

    /** There is no such conversation of this person. */
    public record NoSuchConversation() implements Opening {}

    /** There is no such agent to chat with, or not in this conversation. */
    public record NoSuchAgent() implements Opening {}

    /** The conversation does not wait for anything, or somebody else has just taken it up. */
    public record NothingWaits() implements Opening {}
}
