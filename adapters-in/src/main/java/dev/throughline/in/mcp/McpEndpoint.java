package dev.throughline.in.mcp;

import dev.throughline.in.orders.ApprovalLinks;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.security.RateLimits;
import io.modelcontextprotocol.json.McpJsonDefaults;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Puts the endpoint together: both eras of the protocol over the same features, and our servlet in front. */
@Dependent
class McpEndpoint {
    static final String PATH = "/api/v1/mcp";

    private final ToolCallGate gate;
    private final RateLimits limits;
    private final Refusals refusals;
    private final ApprovalLinks links;
    private final CurrentCaller current;
    private final ProtocolVersions versions;
    private final RequestStateKey stateKey;
    private final Clock clock;

    @Inject
    McpEndpoint(
            ToolCallGate gate,
            RateLimits limits,
            Refusals refusals,
            ApprovalLinks links,
            CurrentCaller current,
            ProtocolVersions versions,
            RequestStateKey stateKey,
            Clock clock) {
        this.gate = gate;
        this.limits = limits;
        this.refusals = refusals;
        this.links = links;
        this.current = current;
        this.versions = versions;
        this.stateKey = stateKey;
        this.clock = clock;
    }

    /** The endpoint with these features. */
    McpServlet servlet(List<McpFeatures> features) {
        Offer offer = Offer.of(features);
        SafeMapper mapper = new SafeMapper(McpJsonDefaults.getMapper());
        Prompts prompts = new Prompts(offer.prompts());
        Resources resources = new Resources(offer.resources(), gate, refusals);
        Methods methods = new Methods(resources, prompts, new Completions(prompts, resources));
        CallDecider decider = new CallDecider(gate, limits, refusals, offer.tools());
        ToolRunner runner = new ToolRunner(gate, refusals, links);
        RoundTrips roundTrips = new RoundTrips(new RequestStates(stateKey, clock));
        return new McpServlet(
                versions,
                new ModernProtocol(offer, gate, decider, runner, methods, roundTrips, versions, mapper),
                new LegacyProtocol(decider, methods, versions, mapper),
                LegacyProtocol.transport(offer, gate, runner, mapper),
                current);
    }
}
