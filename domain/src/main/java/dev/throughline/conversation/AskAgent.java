package dev.throughline.conversation;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.trail.ToolCallLog;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Use case: talk to an agent, as the person one is. */
public final class AskAgent {
    private static final int MOST_DECLINES = 20;

    private final AccessPolicy policy;
    private final AgentRegistry agents;
    private final String defaultAgent;
    private final Conversations conversations;
    private final RunPorts ports;
    private final Clock clock;

    /**
     * @param defaultAgent the agent of a conversation whose beginner named none
     * @param consentLinks where the agent service may send people
     */
    public AskAgent(
            AccessPolicy policy,
            AgentRegistry agents,
            String defaultAgent,
            Conversations conversations,
            DelegatedTokens tokens,
            AgentGateway gateway,
            ToolCallLog toolCalls,
            ConsentLinks consentLinks,
            Clock clock) {
        this.policy = policy;
        this.agents = agents;
        this.defaultAgent = defaultAgent;
        this.conversations = conversations;
        this.ports = new RunPorts(tokens, gateway, toolCalls, consentLinks, clock);
        this.clock = clock;
    }

    /** Decides whether there is anything to run; nothing has been sent to the agent when this returns. */
    public Opening open(Caller caller, Ask ask) {
        return policy.decide(caller, Action.CHAT, Facts.at(Door.CHAT), clock.instant())
                .either(permit -> open(permit, ask), Refused::new);
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
        ConversationId id = new ConversationId(UUID.randomUUID());
        Conversation begun = Conversation.start(id, permit.user(), say.agent().orElse(defaultAgent));
        return with(begun.agent(), agent -> opened(permit, agent, Turn.first(conversations, begun, say.message())));
    }

    private Opening goOn(Permit permit, Conversation conversation, Ask.Say say) {
        if (say.agent().filter(named -> !named.equals(conversation.agent())).isPresent()) {
            return new NoSuchAgent();
        }
        return with(
                conversation.agent(),
                agent -> opened(permit, agent, Turn.further(conversations, conversation, say.message())));
    }

    private Opening resume(Permit permit, Conversation conversation) {
        return conversation
                .waiting()
                .map(message -> with(conversation.agent(), agent -> claim(permit, agent, conversation, message)))
                .orElseGet(NothingWaits::new);
    }

    /** Of all who resume the same waiting, at whichever instance, one runs. */
    private Opening claim(Permit permit, Agent agent, Conversation conversation, String message) {
        Conversation claimed = conversation.waitingNoMore();
        return conversations.replace(claimed)
                ? opened(permit, agent, Turn.resumed(conversations, claimed.next(), message))
                : new NothingWaits();
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
            if (conversations.replace(known.get().waitingNoMore())) {
                return new Opened(new DeclinedRun(known.get()));
            }
        }
        throw new IllegalStateException("A conversation changed too often to be declined");
    }

    private Opening with(String agent, Function<Agent, Opening> next) {
        return agents.agentNamed(agent).filter(Agent::chats).map(next).orElseGet(NoSuchAgent::new);
    }

    private Opening in(ConversationId id, Permit permit, Function<Conversation, Opening> next) {
        return known(permit, id).map(next).orElseGet(NoSuchConversation::new);
    }

    private Opening opened(Permit permit, Agent agent, Turn turn) {
        return new Opened(new AgentRun(permit, agent, turn, ports));
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
