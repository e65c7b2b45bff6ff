package dev.throughline.local.foundry;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.local.HttpServerSettings;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.hosted.HostedAgent;
import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Call;
import dev.throughline.local.responses.ReceivedRequest;
import dev.throughline.local.responses.RequestLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A local stand-in of the Foundry Agent Service with the project {@code orders} and its agents, of which the hosted one
 * has a listener of its own. It listens on the loopback address, checks tokens of the local Entra stand-in, and calls
 * the order desk's MCP server with the tokens that each agent's connection brings.
 */
public final class FoundryStandIn implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FoundryStandIn.class.getName());
    /** More than runs may be under way, so that consents and questions about responses are answered meanwhile. */
    private static final int THREADS = ResponsesApi.MAX_RUNS + 64;

    private static final int WAITING = 512;

    private final Registration registration;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final SnapshotWriter snapshots;
    private final TokenVault vault;
    private final AgentTokens agentTokens;
    private final Agents agents;
    private final ProjectAccess access;
    private final ResponsesApi responses;
    private final RequestLog requests;
    private final ProjectApi project;
    private final ConsentPages consents;
    private final Set<String> hosts;
    private final HostedAgent hosted;

    private FoundryStandIn(Registration registration, Agents definitions, Mode mode, Path dataDir, Clock clock)
            throws IOException {
        this.registration = registration;
        this.agents = definitions.over(mode.model());
        this.snapshots = new SnapshotWriter(new PrivateFile(dataDir.resolve("foundry-project.json")));
        this.vault = new TokenVault(new PrivateFile(dataDir.resolve("foundry-tokens.json")));
        this.requests = new RequestLog(clock);
        JWKSource<SecurityContext> keys = SigningKeys.at(registration.keys());
        TokenClient client = new TokenClient(registration, keys, clock);
        PendingConsents pending = new PendingConsents(clock);
        this.agentTokens = new AgentTokens(client, agents.identitySecrets(), clock);
        Broker broker = new Broker(vault, client, pending, agentTokens, registration, clock);
        ProjectData data = new ProjectData(snapshots.read(), snapshots::touch);
        this.access = new ProjectAccess(registration, keys);
        HostedEndpoint endpoint = new HostedEndpoint(
                registration.hosted("/responses"),
                new UserPartitions(new PrivateFile(dataDir.resolve("foundry-partition.key"))));
        this.responses = new ResponsesApi(agents, mode.planner(), broker, endpoint, data, clock);
        this.project = new ProjectApi(access, agents, responses, new ConversationsApi(data, clock));
        this.consents = new ConsentPages(pending, client, vault);
        int port = registration.ports().foundry();
        this.hosts = Set.of("localhost:" + port, "127.0.0.1:" + port);
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), FoundryStandIn::thread);
        threads.allowCoreThreadTimeOut(true);
        this.hosted = HostedAgent.start(registration.ports().hosted(), mode.model(), mode.planner(), clock);
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAITING);
        } catch (IOException e) {
            hosted.close();
            throw e;
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        snapshots.start(data::snapshot);
        server.start();
    }

    /**
     * Starts the stand-in with the order desk's agents.
     *
     * @param dataDir where conversations and connection tokens are kept between runs
     * @throws UncheckedIOException if the port is taken
     */
    public static FoundryStandIn start(LocalPorts ports, LocalSecrets secrets, Path dataDir) {
        return start(ports, secrets, dataDir, Map.of());
    }

    /**
     * The same, over the language model that {@code LOCAL_MODEL_URL} and {@code LOCAL_MODEL} name, if they do.
     *
     * @param environment settings; others than those of the model are not looked at
     * @throws IllegalArgumentException with a sentence that names the variable, if the model's cannot be
     */
    public static FoundryStandIn start(
            LocalPorts ports, LocalSecrets secrets, Path dataDir, Map<String, String> environment) {
        Registration registration = new Registration(ports);
        return start(
                registration,
                Agents.ofOrderDesk(registration, secrets),
                Mode.from(environment),
                dataDir,
                Clock.systemUTC());
    }

    static FoundryStandIn start(Registration registration, Agents agents, Mode mode, Path dataDir, Clock clock) {
        HttpServerSettings.apply();
        try {
            return new FoundryStandIn(registration, agents, mode, dataDir, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The Foundry stand-in cannot listen on port "
                            + registration.ports().foundry(),
                    e);
        }
    }

    /**
     * Makes the client of tool servers ready, so that the first person does not wait for it: greets the order desk's
     * without a good token, and is refused.
     */
    public void warmUp() {
        try {
            ToolServer.connect(registration.mcp(), "none").close();
        } catch (ToolServerException refused) {
            // As expected; all that it takes to ask has been loaded.
        }
    }

    /** For tests: the hosted agent's program ends, as after a crash. */
    public void stopHostedAgent() {
        hosted.close();
    }

    /** Where the hosted agent listens by itself; the project alone calls it. */
    public URI hostedEndpoint() {
        return registration.hosted("");
    }

    /** What a client is configured with. */
    public URI projectEndpoint() {
        return registration.foundry(ProjectApi.ROOT);
    }

    /** From now on this person (object id) has no role on the project. */
    public void denyProjectRole(String objectId) {
        access.denyRole(objectId);
    }

    /** Takes {@link #denyProjectRole} back. */
    public void grantProjectRole(String objectId) {
        access.grantRole(objectId);
    }

    /** The next run fails in this way; several orders are taken in their order. */
    public void failNext(Fault fault) {
        responses.failNext(fault);
    }

    /** Forgets the connection tokens of all people, so that everybody is asked for consent again. */
    public void forgetConnectionTokens() {
        vault.forgetAll();
    }

    /**
     * From now on this agent calls its tool server as the project's shared identity, as happens to published agents
     * that are called at the project's endpoint, or no longer. Hosted agents call none.
     *
     * @throws IllegalArgumentException if there is no such agent with a tool server
     */
    public void useSharedIdentity(String agentName, boolean shared) {
        if (agents.named(agentName).filter(agent -> !agent.tools().isEmpty()).isEmpty()) {
            throw new IllegalArgumentException("No agent with a tool server is called " + agentName);
        }
        agentTokens.share(agentName, shared);
    }

    /** The kept access tokens count as expired, so that the next use refreshes them; the refresh tokens are kept. */
    public void expireConnectionTokens() {
        vault.change(token -> new ConnectionToken(token.accessToken(), token.refreshToken(), Instant.EPOCH));
        agentTokens.forgetAll();
    }

    /** The kept refresh tokens are no longer good; an access token is used as long as it lasts. */
    public void revokeConnectionRefreshTokens() {
        vault.change(token -> new ConnectionToken(token.accessToken(), "revoked", token.expiresAt()));
    }

    /** For tests: what the project received, oldest first; the last 200 requests. */
    public List<ReceivedRequest> requests() {
        return requests.received();
    }

    /** For tests: what the hosted agent's own listener received, oldest first; the last 200 requests. */
    public List<ReceivedRequest> hostedRequests() {
        return hosted.requests();
    }

    /** For tests: the requests that brought a token to the hosted agent's listener; there should never be one. */
    public List<ReceivedRequest> hostedViolations() {
        return hosted.violations();
    }

    @Override
    public void close() {
        server.stop(0);
        hosted.close();
        threads.shutdownNow();
        snapshots.close();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "foundry-stand-in");
        thread.setDaemon(true);
        return thread;
    }

    /** Where the answer cannot be sent, the server drops the connection, so that a client sees it without its end. */
    private void handle(HttpExchange exchange) throws IOException {
        if (ProjectApi.owns(exchange.getRequestURI().getPath())) {
            requests.record(exchange);
        }
        answer(new Call(exchange));
    }

    private void answer(Call call) throws IOException {
        try {
            dispatch(call);
        } catch (ApiError e) {
            if (e.status() == 401) {
                call.answerHeaders().set("WWW-Authenticate", "Bearer");
            }
            call.sendJson(e.status(), e.toJson());
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "The stand-in failed", e);
            call.sendJson(
                    500,
                    ApiError.of(500, "server_error", "The server had an error.").toJson());
        }
    }

    private void dispatch(Call call) throws IOException {
        if (!hosts.containsAll(call.header("Host")) || call.header("Host").size() != 1) {
            throw ApiError.of(421, "misdirected_request", "This host name is not served here.");
        }
        String path = call.path();
        if (ProjectApi.owns(path)) {
            project.handle(call);
            return;
        }
        switch (call.method() + " " + path) {
            case "GET /" -> Pages.show(call, 200, Pages.HOME);
            case "GET /style.css" -> Pages.style(call);
            case "GET /consent/login" -> consents.login(call);
            case "GET /oauth/callback" -> consents.callback(call);
            default -> throw ProjectApi.noSuchPath();
        }
    }
}
