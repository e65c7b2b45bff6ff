package dev.throughline.in.mcp;

import dev.throughline.access.Caller;
import dev.throughline.in.fakes.CountedBudgets;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.SignedIn;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.security.RateLimits;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The whole endpoint for one caller, over fakes of what lies behind it. */
final class TestEndpoint {
    private final Caller caller;
    private final InMemoryOrders orders;
    private final InMemoryToolCallLog log;
    private final List<McpFeatures> more = new ArrayList<>();
    private CountedBudgets budgets = new CountedBudgets();
    private Told told = new Told();
    private Clock clock = Clock.systemUTC();
    private ProtocolVersions versions = ProtocolVersions.all();

    private TestEndpoint(Caller caller, InMemoryOrders orders, InMemoryToolCallLog log) {
        this.caller = caller;
        this.orders = orders;
        this.log = log;
    }

    static TestEndpoint of(Caller caller, InMemoryOrders orders, InMemoryToolCallLog log) {
        return new TestEndpoint(caller, orders, log);
    }

    TestEndpoint with(CountedBudgets other) {
        budgets = other;
        return this;
    }

    TestEndpoint with(Told other) {
        told = other;
        return this;
    }

    TestEndpoint with(Clock other) {
        clock = other;
        return this;
    }

    TestEndpoint with(ProtocolVersions other) {
        versions = other;
        return this;
    }

    TestEndpoint with(McpFeatures added) {
        more.add(added);
        return this;
    }

    McpServlet servlet() {
        List<McpFeatures> features = new ArrayList<>();
        features.add(new OrderFeatures(
                new OrderTools(Desk.over(orders, clock), Desk.lists(), Desk.POLICY, clock),
                new OrderResources(Desk.over(orders, clock), Desk.lists())));
        features.addAll(more);
        return new McpEndpoint(
                        new ToolCallGate(Desk.POLICY, Desk.questions(orders, clock), log, orders.audit(), clock),
                        new RateLimits(budgets, told.events(clock)),
                        told.refusals(caller),
                        Desk.links(),
                        new SignedIn(caller),
                        versions,
                        RequestStateKey.from(new byte[32]),
                        clock)
                .servlet(features);
    }
}
