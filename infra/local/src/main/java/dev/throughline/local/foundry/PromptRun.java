package dev.throughline.local.foundry;

import dev.throughline.local.foundry.planner.Planner;
import dev.throughline.local.foundry.planner.Step;
import dev.throughline.local.foundry.planner.Tool;
import dev.throughline.local.foundry.planner.ToolResult;
import dev.throughline.local.foundry.planner.Turn;
import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.FunctionCalls;
import dev.throughline.local.responses.Json;
import dev.throughline.local.responses.ResponseWriter;
import dev.throughline.local.responses.Transcript;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * One run of a prompt agent: connects its tools, then plans and calls until there is an answer, a question for consent,
 * or a question for approval.
 */
final class PromptRun implements Run {

    private final Acting acting;
    private final Planner planner;
    private final Broker broker;
    private final Transcript all;
    /** The turn that is planned: it ends with the request that is answered, where nothing more is said. */
    private final Transcript transcript;

    private final boolean saysMore;
    private final List<ObjectNode> approvals;
    private final Set<String> unsettled = new LinkedHashSet<>();
    private Fault pendingFault = Fault.NOTHING;

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final List<Tool> tools = new ArrayList<>();
    private final List<ToolResult> results;

    /** Where a tool comes from. */
    private record Source(McpTool server, ToolSession session) {}

    /**
     * Prepares a run.
     *
     * @param context the items before
     * @param input the items to answer
     * @throws ApiError 400 where there is nothing to answer, or an approval answers no open request
     */
    PromptRun(Acting acting, Planner planner, Broker broker, List<ObjectNode> context, List<ObjectNode> input) {
        this.acting = acting;
        this.planner = planner;
        this.broker = broker;
        List<ObjectNode> items = new ArrayList<>(context);
        items.addAll(input);
        this.all = new Transcript(items);
        this.approvals = input.stream()
                .filter(item -> Json.text(item, "type").equals("mcp_approval_response"))
                .toList();
        requireOpenRequests(new Transcript(context));
        FunctionCalls.requireSettled(context, input);
        this.saysMore = approvals.isEmpty() || new Transcript(input).message().isPresent();
        this.transcript = saysMore ? all : all.upTo(Json.text(approvals.get(0), "approval_request_id"));
        this.results = new ArrayList<>(transcript.results());
        if (transcript.message().isEmpty()) {
            throw ApiError.invalid("The input has no user message.", "input");
        }
    }

    private void requireOpenRequests(Transcript before) {
        Set<String> seen = new HashSet<>();
        for (ObjectNode approval : approvals) {
            String id = Json.text(approval, "approval_request_id");
            boolean open = before.approvalRequest(id).isPresent() && !before.hasAnswerTo(id) && !before.hasCallFor(id);
            if (!open || !seen.add(id)) {
                throw ApiError.noOpenApproval(id);
            }
            unsettled.add(id);
        }
    }

    @Override
    public Set<String> unsettled() {
        return Set.copyOf(unsettled);
    }

    @Override
    public ApiError answeredBefore(String id) {
        return ApiError.noOpenApproval(id);
    }

    @Override
    public ObjectNode execute(ObjectNode begun, Fault fault, ResponseWriter.Events events) throws IOException {
        pendingFault = fault;
        ResponseWriter writer = new ResponseWriter(begun, events);
        writer.begin();
        try {
            for (McpTool tool : acting.agent().tools()) {
                if (!connect(tool, writer)) {
                    return writer.complete();
                }
            }
            return converse(writer);
        } catch (EnumerationFailed | TokenRefusedException e) {
            return writer.fail("tool_user_error", e.getMessage());
        } finally {
            sources.values().forEach(source -> source.session().close());
        }
    }

    /** False where the user has to consent first, which is then asked. */
    private boolean connect(McpTool tool, ResponseWriter writer)
            throws IOException, EnumerationFailed, TokenRefusedException {
        try {
            Optional<ToolSession> session = ToolSession.open(broker, acting, tool);
            if (session.isEmpty()) {
                askConsent(tool, writer);
                return false;
            }
            list(tool, session.get(), writer);
            return true;
        } catch (ToolSession.ConsentNeeded e) {
            askConsent(tool, writer);
            return false;
        } catch (ToolServerException e) {
            throw new EnumerationFailed(tool, e);
        }
    }

    private void list(McpTool tool, ToolSession session, ResponseWriter writer)
            throws IOException, ToolServerException, ToolSession.ConsentNeeded, TokenRefusedException {
        ArrayNode described = Json.array();
        try {
            for (McpSchema.Tool listed : session.tools()) {
                described.add(ToolServer.describe(listed));
                if (sources.putIfAbsent(listed.name(), new Source(tool, session)) == null) {
                    tools.add(ToolServer.forPlanner(listed));
                }
            }
        } finally {
            if (described.isEmpty()) {
                session.close();
            }
        }
        writer.listTools(tool.serverLabel(), described);
    }

    private void askConsent(McpTool tool, ResponseWriter writer) throws IOException {
        writer.askConsent(
                tool.serverLabel(),
                broker.consentLink(acting.user(), tool.connection()).toString());
    }

    private ObjectNode converse(ResponseWriter writer) throws IOException {
        for (ObjectNode approval : approvals) {
            if (!settle(approval, writer)) {
                return writer.complete();
            }
        }
        while (true) {
            Step step = planner.nextWithinBounds(
                    new Turn(transcript.dialogue(), transcript.message().orElseThrow(), tools, results));
            if (step instanceof Step.Call call) {
                if (!proceed(call, writer)) {
                    return writer.complete();
                }
            } else if (step instanceof Step.Failure failure) {
                return writer.fail(failure.code(), failure.reason());
            } else if (step instanceof Step.Answer answer) {
                writer.message(answer.text());
                return writer.complete();
            }
        }
    }

    /** Does what was approved, or notes that it was declined. */
    private boolean settle(ObjectNode approval, ResponseWriter writer) throws IOException {
        String id = Json.text(approval, "approval_request_id");
        ObjectNode request = all.approvalRequest(id).orElseThrow();
        Step.Call call = new Step.Call(Json.text(request, "name"), Transcript.arguments(request));
        if (approval.path("approve").booleanValue()) {
            return perform(call, id, writer);
        }
        unsettled.remove(id);
        note(new ToolResult(call.tool(), call.arguments(), new ToolResult.Declined()), id);
        return true;
    }

    /** False where the run ends here, since it waits for an approval or a consent. */
    private boolean proceed(Step.Call call, ResponseWriter writer) throws IOException {
        Source source = sources.get(call.tool());
        if (source != null && source.server().requireApproval().isNeededFor(call.tool())) {
            writer.askApproval(
                    source.server().serverLabel(), call.tool(), Json.MAPPER.writeValueAsString(call.arguments()));
            return false;
        }
        return perform(call, "", writer);
    }

    private boolean perform(Step.Call call, String approvalRequestId, ResponseWriter writer) throws IOException {
        Source source = sources.get(call.tool());
        if (source == null) {
            unsettled.remove(approvalRequestId);
            note(
                    new ToolResult(
                            call.tool(), call.arguments(), new ToolResult.Failed("There is no such tool (any more).")),
                    approvalRequestId);
            return true;
        }
        String arguments = Json.MAPPER.writeValueAsString(call.arguments());
        ObjectNode item = writer.beginCall(source.server().serverLabel(), call.tool(), arguments, approvalRequestId);
        boolean goOn = true;
        // Not before: a reader that has gone is noticed until here, and then nothing was done.
        unsettled.remove(approvalRequestId);
        try {
            failAsOrdered();
            McpSchema.CallToolResult result = source.session().call(call.tool(), call.arguments());
            writer.endCall(item, ToolServer.output(result), executionError(result));
        } catch (ToolServerException e) {
            writer.endCall(item, "", e.error());
        } catch (TokenRefusedException e) {
            writer.endCall(item, "", StringNode.valueOf(e.getMessage()));
        } catch (ToolSession.ConsentNeeded e) {
            writer.endCall(item, "", ToolServerException.http(401).error());
            askConsent(source.server(), writer);
            goOn = false;
        }
        note(new ToolResult(call.tool(), call.arguments(), Transcript.outcome(item)), approvalRequestId);
        return goOn;
    }

    /** What came of an earlier turn's request is no result of a message that came with its answer. */
    private void note(ToolResult result, String approvalRequestId) {
        if (approvalRequestId.isEmpty() || !saysMore) {
            results.add(result);
        }
    }

    private void failAsOrdered() throws ToolServerException {
        Fault ordered = pendingFault;
        pendingFault = Fault.NOTHING;
        if (ordered instanceof Fault.FailedCall call) {
            throw ToolServerException.of(call.error());
        }
        if (ordered instanceof Fault.ToolTimeout timeout) {
            FaultyEvents.pause(timeout.after());
            throw ToolServerException.timeout();
        }
    }

    private static JsonNode executionError(McpSchema.CallToolResult result) {
        if (!Boolean.TRUE.equals(result.isError())) {
            return NullNode.getInstance();
        }
        ObjectNode error = Json.object().put("type", "mcp_tool_execution_error");
        error.putArray("content").addObject().put("type", "text").put("text", ToolServer.output(result));
        return error;
    }

    /** A tool server could not be asked for its tools, which ends the run. */
    private static final class EnumerationFailed extends Exception {
        private static final long serialVersionUID = 1L;

        EnumerationFailed(McpTool tool, ToolServerException cause) {
            super(
                    "Error encountered while enumerating tools from remote server: " + tool.serverUrl() + ". Details: "
                            + cause.getMessage(),
                    cause);
        }
    }
}
