package dev.throughline.load;

import dev.throughline.local.run.LocalStack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/**
 * One request in its form over REST or MCP, to be made with anybody's token.
 *
 * @param name what it is called in the results
 * @param form the request without its token
 */
record Workload(String name, HttpRequest form) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Workload rest(LocalStack stack, String name, String path) {
        return new Workload("REST, " + name, to(stack, path).GET().build());
    }

    /** A call as clients up to 2025-11-25 make it. */
    static Workload older(LocalStack stack, String tool, String arguments) {
        HttpRequest.Builder request = to(stack, "api/v1/mcp")
                .header("MCP-Protocol-Version", "2025-11-25")
                .header("Accept", "application/json");
        return new Workload("MCP 2025-11-25, " + tool, posting(request, body(tool, arguments, "")));
    }

    /** A call as clients of 2026-07-28 make it: it says all about itself. */
    static Workload newer(LocalStack stack, String tool, String arguments) {
        HttpRequest.Builder request = to(stack, "api/v1/mcp")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Accept", "application/json")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool);
        String meta = ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
        return new Workload("MCP 2026-07-28, " + tool, posting(request, body(tool, arguments, meta)));
    }

    HttpRequest with(String token) {
        return HttpRequest.newBuilder(form, (name, value) -> true)
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private static HttpRequest.Builder to(LocalStack stack, String path) {
        URI address = stack.web().resolve(path);
        return HttpRequest.newBuilder(address).timeout(PATIENCE);
    }

    private static HttpRequest posting(HttpRequest.Builder request, String body) {
        return request.header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String body(String tool, String arguments, String meta) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + meta + "}}";
    }
}
