package dev.throughline.in.chat;

import dev.throughline.access.Agent;
import dev.throughline.access.Caller;
import dev.throughline.access.MyApprovals;
import dev.throughline.conversation.Ask;
import dev.throughline.conversation.AskAgent;
import dev.throughline.conversation.ConsentLinks;
import dev.throughline.conversation.MyConversations;
import dev.throughline.conversation.Partners;
import dev.throughline.conversation.RunPorts;
import dev.throughline.in.fakes.Answer;
import dev.throughline.in.fakes.Changing;
import dev.throughline.in.fakes.CountedBudgets;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.HandSetClock;
import dev.throughline.in.fakes.InMemoryConsents;
import dev.throughline.in.fakes.InMemoryConversations;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.ListedAgents;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.mcp.RunDoor;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.RateLimits;
import dev.throughline.in.wire.CursorKey;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/** The chat and the conversations as a whole: the real resources and use cases over fakes. */
final class ChatHouse {
    final HandSetClock clock = new HandSetClock(Instant.parse("2026-11-21T08:00:00Z"));
    final InMemoryOrders orders = new InMemoryOrders(clock);
    final InMemoryConsents consents = new InMemoryConsents();
    final InMemoryConversations conversations = new InMemoryConversations();
    final ScriptedAgents service = new ScriptedAgents();
    final Told told = new Told();
    final Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");
    final Changing current;
    final MyApprovals approvals;
    final ConversationsResource resource;
    private final AskAgent askAgent;
    private final ChatResource chat;

    ChatHouse(Caller caller, Agent... agents) {
        current = new Changing(caller);
        approvals = new MyApprovals(Desk.POLICY, orders.approvals(), orders.audit(), clock);
        ListedAgents registry = new ListedAgents(agents);
        RunPorts ports = new RunPorts(
                service,
                service,
                RunDoor.tools(orders, clock),
                new InMemoryToolCallLog(),
                orders.approvals(),
                consents,
                orders.audit(),
                new ConsentLinks(Set.of("consent.example"), false),
                clock);
        Refusals refusals = new Refusals(challenges, told.events(clock), current);
        askAgent = new AskAgent(
                Desk.POLICY,
                registry,
                new Partners(Desk.POLICY, registry, consents, false, clock),
                agents[0].name(),
                conversations,
                ports);
        chat = new ChatResource(
                current,
                new RateLimits(new CountedBudgets(), told.events(clock)),
                askAgent,
                new ChatRuns(new RunSlots(), new HandCrankedExecutor().service()),
                refusals,
                challenges,
                clock);
        resource = new ConversationsResource(
                current,
                new MyConversations(Desk.POLICY, registry, conversations, ports),
                refusals,
                challenges,
                new CursorKey(new byte[32]),
                clock);
    }

    /** What the chat answers with JSON. */
    Answer post(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Answer.of(() -> chat.answer(
                Exchange.of("POST", "/api/v1/chat", bytes)
                        .with("Content-Type", "application/json")
                        .with("X-Correlation-ID", "corr-1")
                        .request(),
                new ByteArrayInputStream(bytes)));
    }

    Answer say(String message) {
        return post("{\"message\":\"" + message + "\"}");
    }

    Answer resume(String conversation) {
        return post("{\"conversation_id\":\"" + conversation + "\",\"resume\":true}");
    }

    Answer decline(String conversation) {
        return post("{\"conversation_id\":\"" + conversation + "\",\"decline\":true}");
    }

    /** The same as a stream of events. */
    CollectedEvents stream(Ask ask) {
        CollectedEvents events = new CollectedEvents();
        AskAgent.Opened opened = (AskAgent.Opened) askAgent.open(current.caller(), ask);
        new StreamedRun(opened.run(), current.assertion().orElseThrow(), events, "corr-1", Refusals::words, clock)
                .run();
        return events;
    }
}
