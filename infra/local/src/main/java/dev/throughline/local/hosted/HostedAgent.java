package dev.throughline.local.hosted;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.local.foundry.planner.Planner;
import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Call;
import dev.throughline.local.responses.Json;
import dev.throughline.local.responses.ReceivedRequest;
import dev.throughline.local.responses.RequestLog;
import dev.throughline.local.responses.ServerSentEvents;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.node.ObjectNode;

/** The hosted agent's listener on the loopback address, with the two paths that the hosting contract asks for. */
public final class HostedAgent implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HostedAgent.class.getName());
    private static final int THREADS = 320;
    private static final int WAITING = 512;
    private static final int LONGEST_HISTORY = 32 << 20;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Planner planner;
    private final String model;
    private final RequestLog requests;
    private final RequestLog violations;

    private HostedAgent(int port, String model, Planner planner, Clock clock) throws IOException {
        this.planner = planner;
        this.model = model;
        this.requests = new RequestLog(clock);
        this.violations = new RequestLog(clock);
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), HostedAgent::thread);
        threads.allowCoreThreadTimeOut(true);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAITING);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts it.
     *
     * @param model what its responses name as their model
     * @throws UncheckedIOException if the port is taken
     */
    public static HostedAgent start(int port, String model, Planner planner, Clock clock) {
        try {
            return new HostedAgent(port, model, planner, clock);
        } catch (IOException e) {
            throw new UncheckedIOException("The hosted agent cannot listen on port " + port, e);
        }
    }

    /** For tests: what it received, oldest first; the last 200 requests. */
    public List<ReceivedRequest> requests() {
        return requests.received();
    }

    /** For tests: the requests that brought what must not get here, an {@code Authorization} header. */
    public List<ReceivedRequest> violations() {
        return violations.received();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "hosted-agent");
        thread.setDaemon(true);
        return thread;
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.record(exchange);
        Call call = new Call(exchange);
        try {
            if (!call.header("Authorization").isEmpty()) {
                violations.record(exchange);
                LOG.severe("An Authorization header reached the hosted agent, which must never see a token");
                throw ApiError.of(500, "server_error", "An Authorization header reached the hosted agent.");
            }
            dispatch(call);
        } catch (ApiError e) {
            call.sendJson(e.status(), e.toJson());
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "The hosted agent failed", e);
            call.sendJson(
                    500,
                    ApiError.of(500, "server_error", "The hosted agent had an error.")
                            .toJson());
        }
    }

    private void dispatch(Call call) throws IOException {
        switch (call.method() + " " + call.path()) {
            case "GET /readiness" -> call.sendJson(200, Json.object().put("status", "ready"));
            case "POST /responses" -> respond(call);
            default -> throw ApiError.of(404, "404", "Resource not found");
        }
    }

    private void respond(Call call) throws IOException {
        ObjectNode body = call.json(LONGEST_HISTORY);
        FunctionRun run = new FunctionRun(planner, model, body);
        if (!body.path("stream").asBoolean(false)) {
            call.sendJson(200, run.execute((type, event) -> {}));
            return;
        }
        try (OutputStream out = call.stream("text/event-stream; charset=utf-8")) {
            run.execute((type, event) -> ServerSentEvents.write(out, type, event));
        }
    }
}
