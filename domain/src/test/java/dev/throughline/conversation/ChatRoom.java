package dev.throughline.conversation;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.BookOfApprovals;
import dev.throughline.access.BookOfConsents;
import dev.throughline.access.BookOfRecords;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.ConsentId;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.HandSetClock;
import dev.throughline.access.MyApprovals;
import dev.throughline.access.MyConsents;
import dev.throughline.access.Role;
import dev.throughline.access.TestCallers;
import dev.throughline.access.User;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Everything that it takes to chat, in memory, and an admin who does. */
final class ChatRoom {
    static final UserAssertion ASSERTION = new UserAssertion("token-of-the-browser", Instant.MAX);

    final HandSetClock clock = new HandSetClock();
    final AccessPolicy policy = new AccessPolicy();
    final ScriptedAgent agent = new ScriptedAgent();
    final KnownAgents agents = new KnownAgents();
    final KeptConversations conversations = new KeptConversations();
    final VerifiedCalls verified = new VerifiedCalls();
    final BookOfApprovals approvals = new BookOfApprovals();
    final BookOfConsents consents = new BookOfConsents();
    final BookOfRecords records = new BookOfRecords();
    final ToolBench tools = new ToolBench(policy, approvals, records, clock);
    final Caller pat = TestCallers.directly(TestCallers.PAT, Role.ADMIN);
    final User patInPerson = pat.person().orElseThrow();
    Delegation delegation = new Delegation.Issued(new DelegatedToken(
            "token-for-foundry",
            new ClientId("api-client"),
            "https://ai.azure.com",
            Set.of("user_impersonation"),
            TestCallers.GOOD_UNTIL));
    int exchanges;

    final RunPorts ports = new RunPorts(
            (user, assertion, audience) -> {
                exchanges++;
                return delegation;
            },
            agent,
            tools,
            verified,
            approvals,
            consents,
            records,
            new ConsentLinks(Set.of("broker.example", "*.consent.example"), false),
            clock);
    final Partners partners = new Partners(policy, agents, consents, true, clock);
    final AskAgent askAgent = new AskAgent(policy, agents, partners, "orders-assistant", conversations, ports);
    final MyApprovals myApprovals = new MyApprovals(policy, approvals, records, clock);
    final MyConsents myConsents = new MyConsents(policy, consents, records, clock);

    /** Pat's permit for their own conversations. */
    Permit permit() {
        return (Permit) policy.decide(pat, Action.CONVERSATIONS, Facts.at(Door.CHAT), clock.instant());
    }

    static Ask.Say say(String message) {
        return new Ask.Say(message, Optional.empty(), Optional.empty());
    }

    static Ask.Say to(String agent, String message) {
        return new Ask.Say(message, Optional.empty(), Optional.of(agent));
    }

    static Ask.Say say(String message, ConversationId conversation) {
        return new Ask.Say(message, Optional.of(conversation), Optional.empty());
    }

    HeardRun run(Ask ask) {
        return run(pat, ask);
    }

    HeardRun run(Caller caller, Ask ask) {
        HeardRun heard = new HeardRun();
        run(caller, ask, heard);
        return heard;
    }

    void run(Caller caller, Ask ask, HeardRun heard) {
        opened(caller, ask).execute(ASSERTION, "correlation-1", heard);
    }

    Run opened(Caller caller, Ask ask) {
        return assertInstanceOf(AskAgent.Opened.class, askAgent.open(caller, ask))
                .run();
    }

    HeardRun resume(HeardRun waiting) {
        return run(new Ask.Resume(waiting.conversation()));
    }

    HeardRun decline(HeardRun waiting) {
        return run(new Ask.Decline(waiting.conversation()));
    }

    void answer(ApprovalId id, boolean approve) {
        assertInstanceOf(MyApprovals.Done.class, myApprovals.answer(pat, Door.REST, id, approve));
    }

    void answerConsent(HeardRun waiting, boolean allow) {
        ConsentId id = ConsentId.parse(waiting.asked().consents().get(0).id()).orElseThrow();
        assertInstanceOf(MyConsents.Done.class, myConsents.answer(pat, Door.REST, id, allow));
    }

    void consents(String agentName, Consent state) {
        consents.put(patInPerson, agentName, state);
    }

    Consent consent(String agentName) {
        return consents.state(patInPerson.tenant(), patInPerson.id(), agentName);
    }

    Conversation kept(HeardRun heard) {
        return conversations.the(heard.conversation());
    }

    /** Somebody who listened, and does no more. */
    static final class ClientHasGone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
