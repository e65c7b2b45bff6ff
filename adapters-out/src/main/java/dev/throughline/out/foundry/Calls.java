package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway.ApprovalsRequested;
import dev.throughline.conversation.AgentGateway.Call;
import dev.throughline.conversation.AgentGateway.FunctionsCalled;
import dev.throughline.conversation.AgentGateway.Outcome;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls that a response leaves to its client: to approve or to make. All of them must be answered together, so one
 * that cannot be read spoils the response.
 */
final class Calls {
    private static final int MOST = 32;
    private static final int LONGEST_NAME = 256;

    private final Arguments arguments;
    private final Map<String, Call> approvals = new LinkedHashMap<>();
    private final Map<String, Call> functions = new LinkedHashMap<>();
    private Optional<String> flaw = Optional.empty();

    Calls(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Notes a finished {@code mcp_approval_request}. */
    void approvalRequested(JsonObject item) {
        note(approvals, Items.text(item, "id"), item);
    }

    /** Notes a finished {@code function_call}. */
    void functionCalled(JsonObject item) {
        String status = Items.text(item, "status");
        if (!status.isEmpty() && !status.equals("completed")) {
            flaw = Optional.of("a function call that is not complete");
        }
        note(functions, Items.text(item, "call_id"), item);
    }

    private void note(Map<String, Call> calls, String id, JsonObject item) {
        String name = Items.text(item, "name");
        if (calls.size() == MOST) {
            flaw = Optional.of("too many calls");
        } else if (!isName(id) || !isName(name)) {
            flaw = Optional.of("a call without an id or a name");
        } else if (calls.containsKey(id)) {
            flaw = Optional.of("two calls of one id");
        } else {
            try {
                calls.put(id, new Call(id, name, arguments.read(Items.text(item, "arguments"))));
            } catch (MalformedArgumentsException e) {
                flaw = Optional.of("arguments that cannot be read: " + e.getMessage());
            }
        }
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME;
    }

    boolean none() {
        return approvals.isEmpty() && functions.isEmpty() && flaw.isEmpty();
    }

    /** Why the calls cannot be answered, in words of ours. */
    Optional<String> flaw() {
        return flaw.isEmpty() && !approvals.isEmpty() && !functions.isEmpty()
                ? Optional.of("calls to approve and calls to make at once")
                : flaw;
    }

    /** What is asked of the client, if there are calls and no flaw is in them. */
    Outcome asked(String response) {
        return functions.isEmpty()
                ? new ApprovalsRequested(response, List.copyOf(approvals.values()))
                : new FunctionsCalled(response, List.copyOf(functions.values()));
    }
}
