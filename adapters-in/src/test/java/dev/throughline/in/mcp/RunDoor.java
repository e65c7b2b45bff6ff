package dev.throughline.in.mcp;

import dev.throughline.access.Caller;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import dev.throughline.conversation.Tools;
import dev.throughline.in.fakes.CountedBudgets;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.security.RateLimits;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tools as our own runs have them, for tests that compare them with the doors. */
public final class RunDoor {
    private static final TypeReference<Map<String, @Nullable Object>> ARGUMENTS = new TypeReference<>() {};
    private static final String NOT_FOUND = "There is no such order.";

    private final Tools tools;
    private final Challenges challenges;

    public RunDoor(InMemoryOrders orders, Challenges challenges) {
        this.challenges = challenges;
        this.tools = tools(orders, Clock.systemUTC());
    }

    /** The real tools over a fake store. */
    public static Tools tools(InMemoryOrders orders, Clock clock) {
        return new RunTools(
                new OrderTools(Desk.over(orders, clock), Desk.lists(), Desk.POLICY, clock),
                new ToolCallGate(
                        Desk.POLICY, Desk.questions(orders, clock), new InMemoryToolCallLog(), orders.audit(), clock),
                new RateLimits(new CountedBudgets(), new Told().events(clock)),
                new Refusals(
                        new Challenges(URI.create("http://localhost/meta"), "api://x"),
                        new Told().events(clock),
                        new CurrentCaller()));
    }

    /** What a call comes to: {@code permit}, or the reason why not. */
    public String call(Caller caller, String tool, String arguments) {
        Tools.Result result = tools.call(
                caller, new Tools.Request(tool, JsonMapper.shared().readValue(arguments, ARGUMENTS), "corr-1"));
        if (result instanceof Tools.Unconsented unconsented) {
            return unconsented.needs().rule();
        }
        if (result instanceof Tools.Asked) {
            return "approval_needed";
        }
        Tools.Ended ended = (Tools.Ended) result;
        if (ended.output().text().equals(NOT_FOUND)) {
            return "order_not_found";
        }
        var decision = ended.decision().orElseThrow();
        if (decision instanceof NeedsScope needs) {
            return "insufficient_scope " + challenges.insufficientScope(needs.scopes());
        }
        return decision instanceof Permit ? "permit" : decision.rule();
    }
}
