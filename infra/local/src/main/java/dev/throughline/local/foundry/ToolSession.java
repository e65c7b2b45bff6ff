package dev.throughline.local.foundry;

import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The use of one MCP tool during one run. When the server answers 401, the token is refreshed once and the request
 * repeated, as it was not executed. A token that the user's call brought along cannot be refreshed.
 */
final class ToolSession implements AutoCloseable {

    private final Broker broker;
    private final Acting acting;
    private final McpTool tool;
    private String bearer;
    private Optional<ToolServer> server = Optional.empty();
    private boolean replaced;

    private ToolSession(Broker broker, Acting acting, McpTool tool, String bearer) {
        this.broker = broker;
        this.acting = acting;
        this.tool = tool;
        this.bearer = bearer;
    }

    /** A session with the token that the connection brings; empty where the user has to consent first. */
    static Optional<ToolSession> open(Broker broker, Acting acting, McpTool tool)
            throws ToolServerException, TokenRefusedException {
        try {
            return broker.accessToken(acting, tool.connection())
                    .map(bearer -> new ToolSession(broker, acting, tool, bearer));
        } catch (IOException e) {
            throw ToolServerException.silence("Failed to fetch access token. The token endpoint does not answer.");
        }
    }

    /** Connects and lists the tools that the agent's definition allows. */
    List<McpSchema.Tool> tools() throws ToolServerException, ConsentNeeded, TokenRefusedException {
        return request(ToolServer::tools).stream()
                .filter(listed -> tool.allows(listed.name()))
                .toList();
    }

    McpSchema.CallToolResult call(String name, Map<String, Object> arguments)
            throws ToolServerException, ConsentNeeded, TokenRefusedException {
        return request(connected -> connected.call(name, arguments));
    }

    @Override
    public void close() {
        server.ifPresent(ToolServer::close);
        server = Optional.empty();
    }

    /** The stored tokens turned out to be of no use: only a new consent helps. */
    static final class ConsentNeeded extends Exception {
        private static final long serialVersionUID = 1L;

        ConsentNeeded() {
            super("The connection has no usable token", null, false, false);
        }
    }

    private interface Request<T> {
        T send(ToolServer server) throws ToolServerException;
    }

    private <T> T request(Request<T> request) throws ToolServerException, ConsentNeeded, TokenRefusedException {
        try {
            return request.send(connected());
        } catch (ToolServerException e) {
            if (!e.isUnauthorized() || replaced || tool.connection() instanceof UserTokenConnection) {
                throw e;
            }
            replaceToken();
            return request.send(connected());
        }
    }

    private ToolServer connected() throws ToolServerException {
        if (server.isEmpty()) {
            server = Optional.of(ToolServer.connect(tool.serverUrl(), bearer));
        }
        return server.get();
    }

    private void replaceToken() throws ToolServerException, ConsentNeeded, TokenRefusedException {
        close();
        replaced = true;
        try {
            bearer = broker.replace(acting, tool.connection(), bearer).orElseThrow(ConsentNeeded::new);
        } catch (IOException e) {
            throw ToolServerException.silence("Failed to fetch access token. The token endpoint does not answer.");
        }
    }
}
