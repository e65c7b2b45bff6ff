package dev.throughline.local.foundry;

import dev.throughline.local.foundry.planner.Tool;
import dev.throughline.local.responses.Json;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A connection to one MCP server with one bearer token, by the MCP Java SDK's client. */
final class ToolServer implements AutoCloseable {

    /** The SDK tells of each handshake as information; held here, so that the level is not lost. */
    private static final Logger SDK = Logger.getLogger("io.modelcontextprotocol");

    static {
        SDK.setLevel(Level.WARNING);
    }

    /** Foundry's limit for one tool call. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(100);

    private static final Duration INITIALIZE_TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_TOOLS = 128;
    private static final int MAX_RESPONSE = 8 << 20;
    /** The SDK tells other statuses than 401 and 403 only in its exception's text. */
    private static final Pattern STATUS_IN_TEXT = Pattern.compile("[Ss]tatus code: ?(\\d{3})");

    private final McpSyncClient client;

    private ToolServer(McpSyncClient client) {
        this.client = client;
    }

    /**
     * Connects and greets the server.
     *
     * @throws ToolServerException if it refuses or does not answer
     */
    static ToolServer connect(URI endpoint, String bearer) throws ToolServerException {
        String origin = endpoint.getScheme() + "://" + endpoint.getRawAuthority();
        HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(origin)
                .endpoint(endpoint.getRawPath())
                .clientBuilder(new SharedHttpClient())
                .openConnectionOnStartup(false)
                .maxResponseSize(MAX_RESPONSE)
                .addHttpRequestCustomizer(
                        (request, method, uri, body, context) -> request.setHeader("Authorization", "Bearer " + bearer))
                .build();
        McpSyncClient client = McpClient.sync(transport)
                .clientInfo(McpSchema.Implementation.builder("foundry-agent-service", "1")
                        .build())
                .requestTimeout(CALL_TIMEOUT)
                .initializationTimeout(INITIALIZE_TIMEOUT)
                .build();
        ToolServer server = new ToolServer(client);
        try {
            server.attempt(client::initialize);
            return server;
        } catch (ToolServerException e) {
            server.close();
            throw e;
        }
    }

    /** All tools that the server shows to this bearer, over all pages. */
    List<McpSchema.Tool> tools() throws ToolServerException {
        List<McpSchema.Tool> tools = new ArrayList<>();
        String cursor = null;
        do {
            String page = cursor;
            McpSchema.ListToolsResult listed =
                    attempt(() -> page == null ? client.listTools() : client.listTools(page));
            tools.addAll(listed.tools());
            cursor = listed.nextCursor();
        } while (cursor != null && tools.size() < MAX_TOOLS);
        return tools;
    }

    /** Calls a tool; its own refusal is a result, too. */
    McpSchema.CallToolResult call(String tool, Map<String, Object> arguments) throws ToolServerException {
        return attempt(() -> client.callTool(
                McpSchema.CallToolRequest.builder(tool).arguments(arguments).build()));
    }

    /** The text parts of a result that are meant for a model, or its structured content where it has none. */
    static String output(McpSchema.CallToolResult result) {
        String text = result.content() == null ? "" : texts(result).collect(Collectors.joining("\n"));
        return text.isEmpty() && result.structuredContent() != null
                ? Json.MAPPER.writeValueAsString(result.structuredContent())
                : text;
    }

    private static Stream<String> texts(McpSchema.CallToolResult result) {
        return result.content().stream()
                .filter(McpSchema.TextContent.class::isInstance)
                .map(McpSchema.TextContent.class::cast)
                .filter(ToolServer::forModels)
                .map(McpSchema.TextContent::text);
    }

    private static boolean forModels(McpSchema.TextContent content) {
        McpSchema.Annotations annotations = content.annotations();
        return annotations == null
                || annotations.audience() == null
                || annotations.audience().contains(McpSchema.Role.ASSISTANT);
    }

    /** A tool as the {@code mcp_list_tools} item shows it. */
    static ObjectNode describe(McpSchema.Tool tool) {
        ObjectNode item = Json.object().put("name", tool.name()).put("description", tool.description());
        item.set("input_schema", schema(tool));
        item.set("annotations", Json.MAPPER.valueToTree(tool.annotations()));
        return item;
    }

    /** A tool as the planner sees it. */
    static Tool forPlanner(McpSchema.Tool tool) {
        return new Tool(tool.name(), tool.description() == null ? "" : tool.description(), schema(tool));
    }

    private static JsonNode schema(McpSchema.Tool tool) {
        return Json.MAPPER.valueToTree(tool.inputSchema());
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> T attempt(Supplier<T> request) throws ToolServerException {
        try {
            return request.get();
        } catch (RuntimeException e) {
            throw translate(e);
        }
    }

    private static ToolServerException translate(RuntimeException failure) {
        List<Throwable> causes = Stream.iterate((Throwable) failure, t -> t != null, Throwable::getCause)
                .limit(20)
                .toList();
        for (Throwable cause : causes) {
            if (cause instanceof McpHttpClientTransportAuthorizationException refused) {
                return ToolServerException.http(refused.getResponseInfo().statusCode());
            }
            if (cause instanceof McpError error && error.getJsonRpcError() != null) {
                return ToolServerException.protocol(
                        error.getJsonRpcError().code(), error.getJsonRpcError().message());
            }
            if (cause instanceof ConnectException) {
                return ToolServerException.silence("Connection refused.");
            }
            if (cause instanceof TimeoutException) {
                return ToolServerException.timeout();
            }
        }
        return causes.stream()
                .flatMap(cause -> statusIn(cause).stream())
                .findFirst()
                .map(ToolServerException::http)
                .orElseGet(() -> ToolServerException.silence("The server's answer could not be understood."));
    }

    private static Optional<Integer> statusIn(Throwable cause) {
        Matcher matcher = STATUS_IN_TEXT.matcher(String.valueOf(cause.getMessage()));
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }
}
