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

    static String error(String code, String message, String param) {
        return """
                {"error":{"code":"%s","message":"%s","param":"%s","type":"invalid_request_error","details":[]}}""".formatted(code, message, param);
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
