package dev.throughline.local.foundry;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.entra.EntraStandIn;
import dev.throughline.local.responses.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Foundry stand-in between the Entra stand-in and a small MCP server, on free ports, and a client of it. */
final class OrdersProject implements AutoCloseable {

    static final String VIC = "c0ffee00-0000-4000-8000-0000000000b4";

    final LocalPorts ports = LocalPorts.free();
    final MovableClock clock = new MovableClock();
    final EntraStandIn entra;
    final FakeOrderDesk desk;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    private final Path dataDir;
    private final LocalSecrets secrets;
    private final RequireApproval approval;
    private Mode mode = Mode.GUIDED;
    FoundryStandIn foundry;

    OrdersProject(Path dataDir) throws IOException {
        this(dataDir, RequireApproval.NEVER);
    }

    OrdersProject(Path dataDir, RequireApproval approval) throws IOException {
        this.dataDir = dataDir;
        this.approval = approval;
        this.secrets = LocalSecrets.loadOrCreate(dataDir);
        this.entra = EntraStandIn.start(ports, secrets, dataDir);
        this.desk = new FakeOrderDesk(ports.web());
        startFoundry();
    }

    void restartFoundry() {
        foundry.close();
        startFoundry();
    }

    private void startFoundry() {
        startFoundry(Agents.ofOrderDesk(new Registration(ports), secrets, approval));
    }

    /** Starts the project anew over another model. */
    void restartFoundry(Mode other) {
        mode = other;
        restartFoundry();
    }

    /** Starts the project anew with one agent, which hands on tokens for this audience. */
    void restartFoundryWithPassthroughTo(String audience) {
        foundry.close();
        startFoundry(new Agents(List.of(Agents.ordersPassthrough(new Registration(ports), audience)), Map.of()));
    }

    private void startFoundry(Agents agents) {
        foundry = FoundryStandIn.start(new Registration(ports), agents, mode, dataDir, clock);
    }

    /** A clock that a test moves forward. */
    static final class MovableClock extends Clock {
        private volatile Instant now = Instant.now();

        void forward(java.time.Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    String token(String person) {
        return entra.tokens().userForFoundry(person).sign();
    }

    /** The body of a run of orders-assistant, with whatever else the test wants in it. */
    static ObjectNode run(String message, UnaryOperator<ObjectNode> more) {
        return more.apply(runOf("orders-assistant", message));
    }

    /** The body of a run of any agent. */
    static ObjectNode runOf(String agent, String message) {
        ObjectNode body = Json.object().put("input", message);
        body.putObject("agent_reference").put("type", "agent_reference").put("name", agent);
        return body;
    }

    static ObjectNode run(String message) {
        return run(message, body -> body);
    }

    Reply ask(String person, String message) {
        return ask(person, run(message));
    }

    Reply ask(String person, ObjectNode body) {
        return post("/openai/v1/responses", token(person), body.toString());
    }

    Reply post(String path, String token, String body) {
        return send(request(path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Reply get(String path, String token) {
        return send(request(path, token).GET());
    }

    Reply delete(String path, String token) {
        return send(request(path, token).DELETE());
    }

    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(foundry.projectEndpoint() + path))
                .header("Authorization", "Bearer " + token);
    }

    /** Follows a consent link by redirects alone, as the given person. */
    Reply consent(String link, String person, String decision) {
        return open(link + "&login_hint=" + person + "@contoso.example&consent=" + decision);
    }

    Reply open(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).GET());
    }

    /** Asks once and consents, so that the person's next run has a token. */
    void allow(String person) {
        String link = ask(person, "hello")
                .item("oauth_consent_request")
                .path("consent_link")
                .stringValue();
        Reply page = consent(link, person, "accept");
        if (page.status() != 200) {
            throw new IllegalStateException("The consent did not work: " + page.body());
        }
    }

    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        foundry.close();
        desk.close();
        entra.close();
    }

    /** What came back. */
    record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return Json.MAPPER.readTree(response.body());
        }

        String id() {
            return Json.text(json(), "id");
        }

        String error() {
            return Json.text(json().path("error"), "code");
        }

        String errorMessage() {
            return Json.text(json().path("error"), "message");
        }

        List<String> itemTypes() {
            return outputs().map(item -> Json.text(item, "type")).toList();
        }

        /** The first output item of a type. */
        JsonNode item(String type) {
            return outputs()
                    .filter(item -> Json.text(item, "type").equals(type))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No " + type + " in " + body()));
        }

        private Stream<JsonNode> outputs() {
            return StreamSupport.stream(json().path("output").spliterator(), false);
        }

        /** The text of the agent's message. */
        String text() {
            return Json.text(item("message").path("content").path(0), "text");
        }

        /** The events of a stream. */
        List<JsonNode> events() {
            return Stream.of(body().split("\n\n"))
                    .map(block -> block.split("\n"))
                    .map(lines -> {
                        JsonNode data = Json.MAPPER.readTree(lines[1].substring("data: ".length()));
                        if (!lines[0].equals("event: " + Json.text(data, "type"))) {
                            throw new AssertionError("Event and data disagree: " + lines[0]);
                        }
                        return data;
                    })
                    .toList();
        }

        List<String> eventTypes() {
            return events().stream().map(event -> Json.text(event, "type")).toList();
        }
    }
}
