package dev.throughline.conversation;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.trail.ToolCallLog;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Use case: talk to an agent, as the person one is. */
public final class AskAgent {
    private final AccessPolicy policy;
    private final AgentRegistry agents;
    private final String defaultAgent;
    private final Conversations conversations;
    private final RunPorts ports;

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
        this.ports = new RunPorts(conversations, tokens, gateway, toolCalls, consentLinks, clock);
    }

    /** Decides whether there is anything to run; nothing has been sent to the agent when this returns. */
    public Opening open(Caller caller, Ask ask) {
        return policy.decide(caller, Action.CHAT).either(permit -> open(permit, ask), Refused::new);
    }

    private Opening open(Permit permit, Ask ask) {
        if (ask instanceof Ask.Say say) {
            return say.conversation()
                    .map(id -> known(permit, id)
                            .map(conversation -> opened(permit, conversation, say.message()))
                            .orElseGet(NoSuchConversation::new))
                    .orElseGet(() -> begin(permit, say));
        }
        if (ask instanceof Ask.Resume resume) {
            return waiting(
                    permit, resume.conversation(), (conversation, message) -> opened(permit, conversation, message));
        }
        Ask.Decline decline = (Ask.Decline) ask;
        return waiting(permit, decline.conversation(), (conversation, message) -> decline(conversation));
    }

    private Opening begin(Permit permit, Ask.Say say) {
        String agent = say.agent().orElse(defaultAgent);
        ConversationId id = new ConversationId(UUID.randomUUID());
        return opened(permit, Conversation.start(id, permit.caller().user(), agent), say.message());
    }

    private Opening opened(Permit permit, Conversation conversation, String message) {
        return agents.agentNamed(conversation.agent())
                .filter(Agent::chats)
                .<Opening>map(agent -> new Opened(new AgentRun(permit, agent, conversation, message, ports)))
                .orElseGet(NoSuchAgent::new);
    }

    private Opening decline(Conversation conversation) {
        conversations.save(conversation.declined());
        return new Opened(new DeclinedRun(conversation));
    }

    private Opening waiting(Permit permit, ConversationId id, Continuation next) {
        return known(permit, id)
                .map(conversation -> conversation
                        .waiting()
                        .map(message -> next.with(conversation, message))
                        .orElseGet(NothingWaits::new))
                .orElseGet(NoSuchConversation::new);
    }

    private Optional<Conversation> known(Permit permit, ConversationId id) {
        return conversations.find(permit.caller().user(), id);
    }

    private interface Continuation {
        Opening with(Conversation conversation, String message);
    }

    /** Whether there is a run. */
    public sealed interface Opening {}

    /** There is; it starts when it is told to. */
    public record Opened(Run run) implements Opening {}

    /** The policy refused. */
    public record Refused(Refusal refusal) implements Opening {}

    /** There is no such conversation of this person. */
    public record NoSuchConversation() implements Opening {}

    /** There is no such agent to chat with. */
    public record NoSuchAgent() implements Opening {}

    /** The conversation does not wait for anything. */
    public record NothingWaits() implements Opening {}
}
