package dev.throughline.in.chat;

import dev.throughline.access.AgentRegistry;
import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.AskAgent;
import dev.throughline.conversation.ConsentLinks;
import dev.throughline.conversation.Partners;
import dev.throughline.conversation.RunPorts;
import dev.throughline.conversation.Tools;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.in.fakes.CountedBudgets;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.InMemoryApprovals;
import dev.throughline.in.fakes.InMemoryAudit;
import dev.throughline.in.fakes.InMemoryConsents;
import dev.throughline.in.fakes.InMemoryConversations;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.security.RateLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** The chat as far as its door, for tests that compare it with other doors: there is no conversation to go on with. */
public final class ChatDoor {
    private static final String RESUME =
            "{\"conversation_id\":\"00000000-0000-4000-8000-000000000000\",\"resume\":true}";

    private final ChatResource resource;

    public ChatDoor(CurrentCaller current, Challenges challenges) {
        AskAgent askAgent = new AskAgent(
                Desk.POLICY,
                nobody(AgentRegistry.class),
                new Partners(
                        Desk.POLICY, nobody(AgentRegistry.class), new InMemoryConsents(), false, Clock.systemUTC()),
                "none",
                new InMemoryConversations(),
                new RunPorts(
                        nobody(DelegatedTokens.class),
                        nobody(AgentGateway.class),
                        nobody(Tools.class),
                        new InMemoryToolCallLog(),
                        new InMemoryApprovals(),
                        new InMemoryConsents(),
                        new InMemoryAudit(),
                        new ConsentLinks(Set.of(), false),
                        Clock.systemUTC()));
        ChatRuns runs = new ChatRuns(new RunSlots(), new HandCrankedExecutor().service());
        this.resource = new ChatResource(
                current,
                new RateLimits(new CountedBudgets(), new Told().events(Clock.systemUTC())),
                askAgent,
                runs,
                new Refusals(challenges, new Told().events(Clock.systemUTC()), current),
                challenges,
                Clock.systemUTC());
    }

    /**
     * What going on with a conversation comes to: {@code permit}, where it is only looked for in vain, or the reason.
     */
    public String resume() {
        byte[] body = RESUME.getBytes(StandardCharsets.UTF_8);
        try {
            throw new IllegalStateException("An answer: "
                    + resource.answer(
                            Exchange.of("POST", "/api/v1/chat", body)
                                    .with("Content-Type", "application/json")
                                    .request(),
                            new ByteArrayInputStream(body)));
        } catch (ProblemException e) {
            String reason = e.problem().reason();
            String challenge = e.headers().getOrDefault("WWW-Authenticate", "");
            return reason.equals("conversation_not_found") ? "permit" : (reason + " " + challenge).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A port behind which there is nothing. */
    private static <T> T nobody(Class<T> port) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, called, given) -> {
            if (called.getReturnType() == Optional.class) {
                return Optional.empty();
            }
            throw new UnsupportedOperationException(called.toString());
        }));
    }
}
