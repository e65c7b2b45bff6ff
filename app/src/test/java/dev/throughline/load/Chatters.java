package dev.throughline.load;

import dev.throughline.local.run.LocalStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample people, who all ask their agents for their orders, each time in a new conversation. */
final class Chatters {
    static final String FUNCTIONS = "orders-functions";
    private static final String ASSISTANT = "orders-assistant";

    private static final int LONGEST_END = 250;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<String> NAMES = List.of("ada", "ana", "pat", "vic");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final URI web;
    private final List<String> tokens;

    Chatters(LocalStack stack) {
        this.web = stack.web();
        this.tokens = NAMES.stream()
                .map(name -> stack.entra().tokens().user(name).sign())
                .toList();
    }

    /**
     * What many turns at once came to.
     *
     * @param millis how long each took that went well
     * @param errors why the others did not
     */
    record Wave(List<Double> millis, List<String> errors) {}

    /** Lets both agents act for everybody, at the broker and with us. */
    void letAgentsAct() throws Exception {
        for (int person = 0; person < NAMES.size(); person++) {
            JsonNode asked = JSON.readTree(
                    send(person, "api/v1/chat", saying(ASSISTANT), false).body());
            String link = asked.at("/consents/0/consent_link").stringValue();
            String decided = link + "&login_hint=" + NAMES.get(person) + "@contoso.example&consent=accept";
            require(client.send(HttpRequest.newBuilder(URI.create(decided)).build(), BodyHandlers.ofString()));
            JsonNode ours = JSON.readTree(
                    send(person, "api/v1/chat", saying(FUNCTIONS), false).body());
            require(send(
                    person,
                    "api/v1/consents/" + ours.at("/consents/0/id").stringValue(),
                    Map.of("decision", "allow"),
                    false));
        }
    }

    /** A whole turn of one of the people, and how many nanoseconds it took. */
    long turn(String agent, int person, boolean streamed) throws Exception {
        long begin = System.nanoTime();
        HttpResponse<String> answer = send(person, "api/v1/chat", saying(agent), streamed);
        long nanos = System.nanoTime() - begin;
        require(answer);
        String body = answer.body();
        boolean whole = streamed ? body.contains("\"outcome\":{\"type\":\"success\"}") : body.contains("\"completed\"");
        if (!whole || !body.contains("ORD-00")) {
            throw new IllegalStateException("No answer: "
                    + body.strip().substring(Math.max(0, body.strip().length() - LONGEST_END)));
        }
        return nanos;
    }

    /** So many streamed turns at the same moment, half of them with each agent. */
    Wave atOnce(int turns) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(turns);
        CyclicBarrier start = new CyclicBarrier(turns);
        try {
            List<Callable<Long>> all = new ArrayList<>();
            for (int i = 0; i < turns; i++) {
                String agent = i % 2 == 0 ? FUNCTIONS : ASSISTANT;
                int person = i / 2;
                all.add(() -> {
                    start.await();
                    return turn(agent, person, true);
                });
            }
            Wave wave = new Wave(new ArrayList<>(), new ArrayList<>());
            for (Future<Long> turn : threads.invokeAll(all)) {
                note(turn, wave);
            }
            return wave;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void note(Future<Long> turn, Wave wave) throws InterruptedException {
        try {
            wave.millis().add(turn.get() / 1e6);
        } catch (ExecutionException e) {
            wave.errors().add(String.valueOf(e.getCause().getMessage()));
        }
    }

    private static Map<String, Object> saying(String agent) {
        return Map.of("agent", agent, "message", "list my orders");
    }

    private HttpResponse<String> send(int person, String path, Map<String, Object> body, boolean streamed)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(web.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + tokens.get(person % tokens.size()))
                .header("Content-Type", "application/json")
                .header("Accept", streamed ? "text/event-stream" : "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static void require(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }
}
