package dev.throughline.in.mcp;

import dev.throughline.access.DenyReason;
import dev.throughline.in.fakes.CountedBudgets;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.security.RateLimits;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The MCP endpoint as a whole, for tests that compare it with other doors. */
public final class McpDoor {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final McpServlet servlet;

    public McpDoor(CurrentCaller current, InMemoryOrders orders, Challenges challenges) {
        Refusals refusals = new Refusals(challenges, new Told().events(Clock.systemUTC()), current);
        OrderTools tools = new OrderTools(Desk.over(orders), Desk.lists(), Desk.POLICY, Clock.systemUTC());
        this.servlet = new McpEndpoint(
                        new ToolCallGate(
                                Desk.POLICY,
                                Desk.questions(orders, Clock.systemUTC()),
                                new InMemoryToolCallLog(),
                                orders.audit(),
                                Clock.systemUTC()),
                        new RateLimits(new CountedBudgets(), new Told().events(Clock.systemUTC())),
                        refusals,
                        Desk.links(),
                        current,
                        ProtocolVersions.all(),
                        RequestStateKey.from(new byte[32]),
                        Clock.systemUTC())
                .servlet(List.of(new OrderFeatures(tools, new OrderResources(Desk.over(orders), Desk.lists()))));
    }

    /** What a call comes to: {@code permit}, or the reason why not. */
    public String call(String tool, String arguments) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
        try {
            Exchange answer = Exchange.of("POST", McpEndpoint.PATH, body.getBytes(StandardCharsets.UTF_8))
                    .with("Host", "localhost")
                    .with("Content-Type", "application/json")
                    .sentTo(servlet);
            return answer.status() == 200 ? ofResult(answer) : ofProblem(answer);
        } catch (ServletException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ofResult(Exchange answer) {
        JsonNode result = JSON.readTree(answer.text()).get("result");
        if (!result.get("isError").booleanValue()) {
            return "permit";
        }
        String sentence = result.at("/content/0/text").stringValue();
        if (sentence.equals(DenyReason.NOT_OWNER.sentence())) {
            return "order_not_found";
        }
        if (sentence.startsWith("This needs your approval: ") || sentence.startsWith("Approve this change first")) {
            return "approval_needed";
        }
        return Arrays.stream(DenyReason.values())
                .filter(reason -> reason.sentence().equals(sentence))
                .map(DenyReason::code)
                .findFirst()
                .orElse(sentence);
    }

    private static String ofProblem(Exchange answer) {
        return JSON.readTree(answer.text()).get("reason").stringValue() + " "
                + answer.header("WWW-Authenticate").orElse("");
    }
}
