package dev.throughline.out.foundry;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What goes over the wire of the Responses API: events as the service documents and sends them. */
final class Wire {
    static final String CREATED = ofResponse("created", "in_progress");
    static final String COMPLETED = ofResponse("completed", "completed");
    static final String INCOMPLETE = ofResponse("incomplete", "incomplete");
    static final String CONSENT_ITEM = """
            {"type":"oauth_consent_request","id":"oauthreq_1","created_by":{},"consent_link":"%s"}""".formatted(AgentGatewayContract.LINK);
    static final String ORD_003 = "\"{\\\"id\\\":\\\"ORD-003\\\"}\"";
    static final String ORD_005 = "\"{\\\"id\\\":\\\"ORD-005\\\"}\"";

    private Wire() {}

    /** Events as a stream, each named as its data says. */
    static String stream(String... events) {
        return Arrays.stream(events)
                .map(data -> "event: " + data.replaceAll("(?s).*?\"type\":\"([^\"]+)\".*", "$1") + "\ndata: "
                        + data.strip().replace("\n", "\ndata: ") + "\n\n")
                .collect(Collectors.joining());
    }

    static String ofResponse(String event, String status) {
        return """
                {"type":"response.%s","sequence_number":0,"response":{"id":"resp_1","object":"response","status":"%s",\
                "model":"guided","agent_reference":{"type":"agent_reference","name":"orders-assistant","version":"3"},\
                "output":[],"error":null}}""".formatted(event, status);
    }

    static String ofModel(String model) {
        return CREATED.replace("\"guided\"", "\"" + model + "\"");
    }

    static String added(String item) {
        return "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":" + item + "}";
    }

    static String done(String item) {
        return "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + item + "}";
    }

    static String delta(String text) {
        return "{\"type\":\"response.output_text.delta\",\"item_id\":\"msg_1\",\"output_index\":1,\"delta\":\"" + text
                + "\"}";
    }

    static String call(String arguments, String rest) {
        return "{\"id\":\"mcp_1\",\"type\":\"mcp_call\",\"server_label\":\"orders\",\"name\":\"list-orders\",\"arguments\":"
                + arguments + "," + rest + "}";
    }

    static String approval(String id, String arguments) {
        return "{\"id\":\"" + id + "\",\"type\":\"mcp_approval_request\",\"server_label\":\"orders\","
                + "\"name\":\"delete-order\",\"arguments\":" + arguments + "}";
    }

    static String function(String call, String name, String arguments) {
        return "{\"id\":\"fc_" + call + "\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"" + call
                + "\",\"name\":\"" + name + "\",\"arguments\":" + arguments + "}";
    }

    static String message(String text) {
        return "{\"id\":\"msg_7\",\"type\":\"message\",\"role\":\"assistant\",\"status\":\"completed\","
                + "\"content\":[{\"type\":\"output_text\",\"text\":\"" + text + "\",\"annotations\":[]}]}";
    }

    /** A response in one piece. */
    static String whole(String status, String rest, String... items) {
        return COMPLETED
                .replaceFirst("(?s).*?\"response\":", "")
                .replaceFirst("}$", "")
                .replace("\"completed\"", "\"" + status + "\"")
                .replace("\"output\":[],\"error\":null", "\"output\":[" + String.join(",", items) + "]" + rest);
    }

    static String error(String code, String message, String param) {
        return """
                {"error":{"code":"%s","message":"%s","param":"%s","type":"invalid_request_error","details":[]}}""".formatted(code, message, param);
    }

    /** A turn that speaks and then asks whether two orders may be deleted. */
    static String approvals() {
        return stream(
                CREATED,
                done(message("One moment.")),
                added(approval("mcpr_1", "\"\"")),
                done(approval("mcpr_1", ORD_003)),
                done(approval("mcpr_2", ORD_005)),
                COMPLETED);
    }

    /** A turn that calls two functions. */
    static String functions() {
        return stream(
                CREATED,
                added(function("call_1", "get-order", "\"\"").replace("completed", "in_progress")),
                "{\"type\":\"response.function_call_arguments.delta\",\"item_id\":\"fc_call_1\",\"delta\":\"{\"}",
                done(function("call_1", "get-order", ORD_003)),
                done(function("call_2", "list-orders", "\"{\\\"limit\\\":20}\"")),
                COMPLETED);
    }

    /** A whole turn that lists orders. */
    static String answer() {
        return stream(
                CREATED,
                ofResponse("in_progress", "in_progress"),
                added("{\"id\":\"mcpl_1\",\"type\":\"mcp_list_tools\",\"tools\":[]}"),
                added(call("\"\"", "\"status\":\"in_progress\",\"output\":null,\"error\":null")),
                "{\"type\":\"response.mcp_call_arguments.done\",\"item_id\":\"mcp_1\",\"arguments\":\"{}\"}",
                done(call(
                        "\"{\\\"limit\\\":20}\"",
                        "\"status\":\"completed\",\"output\":\"{\\\"items\\\":[]}\",\"error\":null")),
                added("{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[]}"),
                delta("You have "),
                delta("one order."),
                "{\"type\":\"response.output_text.done\",\"item_id\":\"msg_1\",\"text\":\"You have one order.\"}",
                done(
                        "{\"id\":\"msg_1\",\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"You have one"
                                + " order.\"}]}"),
                COMPLETED);
    }
}
