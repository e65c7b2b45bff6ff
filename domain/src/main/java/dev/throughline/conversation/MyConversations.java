package dev.throughline.conversation;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Approval;
import dev.throughline.access.Approvals;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.Consents;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.User;
import dev.throughline.conversation.RunListener.Asked;
import dev.throughline.conversation.RunListener.ConsentAsked;
import dev.throughline.conversation.Waiting.ForConsentElsewhere;
import dev.throughline.conversation.Waiting.ForFunctions;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Use cases: see one's conversations and what was whose in them, and delete them for good. Nobody sees another's. */
public final class MyConversations {
    private static final Asked NOTHING = new Asked(List.of(), List.of());

    private final AccessPolicy policy;
    private final AgentRegistry agents;
    private final Conversations conversations;
    private final RunPorts ports;

    public MyConversations(AccessPolicy policy, AgentRegistry agents, Conversations conversations, RunPorts ports) {
        this.policy = policy;
        this.agents = agents;
        this.conversations = conversations;
        this.ports = ports;
    }

    /** What came of it. */
    public sealed interface Outcome<T> {}

    public record Done<T>(T value) implements Outcome<T> {}

    /** There is no such conversation of this person. */
    public record NoSuchConversation<T>() implements Outcome<T> {}

    /** The policy refused. */
    public record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /** The agent service could not be made to forget it, so that nothing was deleted. */
    public record NotForgotten<T>(FailedRun failure) implements Outcome<T> {}

    /**
     * A conversation with all that is shown of it.
     *
     * @param conversation the conversation
     * @param runs its last runs, the oldest first
     * @param asked what it waits for
     */
    public record Whole(Conversation conversation, List<RunRecord> runs, Asked asked) {}

    public Outcome<ConversationPage> list(Caller caller, int limit, Optional<ConversationPage.Place> after) {
        return permitted(caller, permit -> {
            ConversationPage page = conversations.list(permit.user(), limit, after);
            ports.audit().recordSoon(AuditEntry.of(permit, AuditEntry.LISTED));
            return new Done<>(page);
        });
    }

    public Outcome<Whole> find(Caller caller, ConversationId id) {
        return known(caller, id, (permit, conversation) -> {
            Whole whole = new Whole(
                    conversation,
                    conversations.runs(permit.user(), id),
                    conversation
                            .waiting()
                            .map(waiting -> asked(permit.user(), conversation, waiting))
                            .orElse(NOTHING));
            ports.audit().recordSoon(AuditEntry.of(permit, AuditEntry.READ).in(id.value()));
            return new Done<>(whole);
        });
    }

    /** Deletes it here and at the agent service; if that is not possible now, it stays whole. */
    public Outcome<ConversationId> delete(Caller caller, ConversationId id, Optional<UserAssertion> assertion) {
        return known(caller, id, (permit, conversation) -> {
            Optional<FailedRun> failure =
                    threads(conversation).flatMap(thread -> forget(permit.user(), assertion, thread));
            if (failure.isPresent()) {
                ports.audit()
                        .recordSoon(AuditEntry.of(permit, failure.get().reason().code())
                                .in(id.value()));
                return new NotForgotten<>(failure.get());
            }
            return conversations.delete(permit, id) ? new Done<>(id) : unknown(permit);
        });
    }

    /** The last response that the service keeps: it leads to all before it. */
    private static Optional<String> threads(Conversation conversation) {
        return conversation.waiting().map(Waiting::response).or(conversation::lastResponse);
    }

    private Optional<FailedRun> forget(User user, Optional<UserAssertion> assertion, String thread) {
        if (assertion.isEmpty()) {
            return Optional.of(FailedRun.because(RunFailure.SIGN_IN_AGAIN));
        }
        Delegation delegation =
                ports.tokens().onBehalfOf(user, assertion.get(), ports.gateway().audience());
        return delegation instanceof Delegation.Issued issued
                ? ports.gateway().forget(thread, issued.token()).map(FailedRun::because)
                : Optional.of(FailedRun.of((Delegation.NotIssued) delegation));
    }

    private Asked asked(User user, Conversation conversation, Waiting waiting) {
        Approvals approvals = ports.approvals();
        Instant now = ports.clock().instant();
        List<Approval> pending = waiting.approvals().stream()
                .flatMap(id -> approvals.find(user, id).stream())
                .filter(approval -> approval.state() == Approval.State.PENDING && !approval.expiredAt(now))
                .toList();
        return new Asked(pending, consents(user, conversation, waiting));
    }

    private List<ConsentAsked> consents(User user, Conversation conversation, Waiting waiting) {
        Consents consents = ports.consents();
        if (waiting instanceof ForFunctions functions) {
            return functions
                    .consent()
                    .flatMap(id -> consents.find(user, id))
                    .filter(entry -> entry.state() == Consent.ASKED)
                    .map(MyConversations::asked)
                    .stream()
                    .toList();
        }
        return waiting instanceof ForConsentElsewhere elsewhere
                ? List.of(new ConsentAsked(
                        elsewhere.id(),
                        conversation.agent(),
                        agents.agentNamed(conversation.agent())
                                .map(Agent::scopes)
                                .orElse(Set.of()),
                        Optional.of(elsewhere.link())))
                : List.of();
    }

    private static ConsentAsked asked(ConsentEntry entry) {
        return new ConsentAsked(entry.id().toString(), entry.agent(), entry.scopes(), Optional.empty());
    }

    private <T> Outcome<T> known(Caller caller, ConversationId id, BiFunction<Permit, Conversation, Outcome<T>> next) {
        return permitted(
                caller,
                permit -> conversations
                        .find(permit.user(), id)
                        .map(conversation -> next.apply(permit, conversation))
                        .orElseGet(() -> unknown(permit)));
    }

    private <T> Outcome<T> unknown(Permit permit) {
        ports.audit().recordSoon(AuditEntry.of(permit, AuditEntry.NOT_FOUND));
        return new NoSuchConversation<>();
    }

    private <T> Outcome<T> permitted(Caller caller, Function<Permit, Outcome<T>> next) {
        return policy.decide(
                        caller,
                        Action.CONVERSATIONS,
                        Facts.at(Door.CHAT),
                        ports.clock().instant())
                .either(next, refusal -> {
                    ports.audit().record(AuditEntry.refused(caller, Action.CONVERSATIONS, refusal));
                    return new Refused<>(refusal);
                });
    }
}
