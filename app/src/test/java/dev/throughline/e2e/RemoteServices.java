package dev.throughline.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.run.LibertyServer;
import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A server beside the stack, on the same database, whose agents a test plays itself: it calls an authority that
 * exchanges the token of anybody, and a project that answers what it is told to. Neither checks anything; what a server
 * lets through to them is the test's affair. It is started by the first test that asks for it.
 */
final class RemoteServices {
    private static final String RESPONSES = "/api/projects/orders/openai/v1/responses";

    private static RemoteServices running;

    /** In every token that is handed out; nothing else has it. */
    final String marker = "delegated-" + UUID.randomUUID().toString().replace("-", "") + "-";

    final AtomicLong exchanges = new AtomicLong();

    private final URI address;
    private final LibertyServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> usersByToken = new ConcurrentHashMap<>();
    private final AtomicLong turns = new AtomicLong();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private volatile Agents agents = request -> List.of();

    /** The agents of the project. */
    interface Agents {
        /** What the response to a request holds. */
        List<Map<String, Object>> answer(Request request);
    }

    /**
     * What the project is asked.
     *
     * @param user whose delegated token came with it
     * @param agent who is asked
     * @param body all of it
     */
    record Request(String user, String agent, Json body) {
        /** What the person says; empty where it is not they who speak. */
        String message() {
            return body.at("/input/0/content/0").text("text");
        }

        List<Json> input() {
            return body.all("/input");
        }
    }

    private RemoteServices(LocalStack stack) {
        LocalPorts ports = LocalPorts.free();
        String services = "http://localhost:" + listen();
        String entra = stack.entra().baseUrl() + "/" + Person.VIC.tenant + "/";
        String keys = entra + "discovery/v2.0/keys";
        this.server = stack.startBeside(
                ports,
                Running.emptyFolder("remote"),
                Map.of(
                        "AUTH_AUTHORITY", services + "/" + Person.VIC.tenant,
                        "AUTH_ISSUERS", entra + "v2.0," + entra,
                        "AUTH_JWKS_URL", keys + "," + keys,
                        "AUTH_ACCEPT_FOUNDRY_AUDIENCE", "true",
                        "FOUNDRY_PROJECT_ENDPOINT", services + "/api/projects/orders"));
        this.address = URI.create("http://localhost:" + ports.web());
    }

    static synchronized RemoteServices running() {
        if (running == null) {
            running = new RemoteServices(Running.stack());
        }
        return running;
    }

    /** Has somebody else play the agents from now on. */
    void play(Agents others) {
        agents = others;
        broken.clear();
    }

    HttpRequest.Builder request(String token, String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .header(Api.CORRELATION_ID, UUID.randomUUID().toString())
                .header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> get(String token, String path) {
        return Http.send(request(token, path));
    }

    HttpResponse<String> post(String token, String path, Object body) {
        return Http.send(Api.withBody(request(token, path), "POST", body));
    }

    /** A tool call of an agent. */
    HttpResponse<String> call(String token, McpEra era, String tool, Map<String, Object> arguments) {
        var message = era.call(tool, Json.text(arguments));
        return Http.send(Api.withBody(era.headed(request(token, Api.MCP), message), "POST", message.toString()));
    }

    /** What a hostile model sends to the MCP endpoint. */
    HttpResponse<String> attempt(String token, HostileModel.Attempt attempt) {
        HttpRequest.Builder request = request(token, Api.MCP);
        attempt.headers().forEach(request::header);
        return Http.send(Api.withBody(request, "POST", attempt.body()));
    }

    /** What went wrong with the agents, which no server may be blamed for. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** All that the server has written as a log. */
    String logs() {
        try (Stream<Path> files = Files.walk(server.console().getParent())) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int listen() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.setExecutor(threads);
            http.createContext("/" + Person.VIC.tenant + "/oauth2/v2.0/token", call -> answer(call, exchanged(call)));
            http.createContext(RESPONSES, this::respond);
            http.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                http.stop(0);
                threads.shutdownNow();
            }));
            return http.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String exchanged(HttpExchange call) throws IOException {
        String assertion = Stream.of(body(call).split("&"))
                .filter(field -> field.startsWith("assertion="))
                .map(field -> URLDecoder.decode(field.substring("assertion=".length()), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
        String claims = new String(Base64.getUrlDecoder().decode(assertion.split("\\.")[1]), StandardCharsets.UTF_8);
        String token = marker + UUID.randomUUID();
        usersByToken.put(token, Json.of(claims).text("oid"));
        exchanges.incrementAndGet();
        return Json.text(Map.of(
                "token_type",
                "Bearer",
                "access_token",
                token,
                "expires_in",
                3600,
                "scope",
                "https://ai.azure.com/user_impersonation"));
    }

    private void respond(HttpExchange call) throws IOException {
        String token = call.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
        Json body = Json.of(body(call));
        String agent = body.at("/agent_reference").text("name");
        Map<String, Object> response = new LinkedHashMap<>();
        long turn = turns.incrementAndGet();
        response.put("id", "resp_" + turn + "_" + UUID.randomUUID().toString().replace("-", ""));
        response.put("status", "completed");
        response.put("agent_reference", Map.of("type", "agent_reference", "name", agent));
        response.put("output", output(new Request(usersByToken.get(token), agent, body)));
        if (turn % 2 == 0) {
            answer(call, Json.text(response));
            return;
        }
        String event = Json.text(Map.of("type", "response.completed", "response", response));
        call.getResponseHeaders().set("Content-Type", "text/event-stream");
        send(call, "event: response.completed\ndata: " + event + "\n\n");
    }

    private List<Map<String, Object>> output(Request request) {
        try {
            return agents.answer(request);
        } catch (RuntimeException | AssertionError e) {
            broken.add(e + " at " + request);
            return List.of();
        }
    }

    private static String body(HttpExchange call) throws IOException {
        return new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange call, String json) throws IOException {
        call.getResponseHeaders().set("Content-Type", "application/json");
        send(call, json);
    }

    private static void send(HttpExchange call, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (call) {
            call.sendResponseHeaders(200, bytes.length);
            call.getResponseBody().write(bytes);
        }
    }
}
