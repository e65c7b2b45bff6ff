package dev.throughline.e2e;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the web chat asks of one server in somebody's name: turns, decisions, and what is kept of them. */
record WebChat(URI server, SignIn signIn) {
    static final String AGENTS = "/api/v1/agents";
    static final String APPROVALS = "/api/v1/approvals";
    static final String CONSENTS = "/api/v1/consents";
    static final String CONVERSATIONS = "/api/v1/conversations";

    static final String ASSISTANT = "orders-assistant";
    static final String FUNCTIONS = "orders-functions";
    static final String NIGHT = "night-agent";
    static final String LEGACY = "legacy-agent";

    static WebChat of(Api api) {
        return new WebChat(api.uri("/"), api.signIn());
    }

    static Map<String, Object> saying(String agent, String message) {
        return Map.of("agent", agent, "message", message);
    }

    static Map<String, Object> more(String conversation, String message) {
        return Map.of("conversation_id", conversation, "message", message);
    }

    static Map<String, Object> resuming(String conversation) {
        return Map.of("conversation_id", conversation, "resume", true);
    }

    static Map<String, Object> declining(String conversation) {
        return Map.of("conversation_id", conversation, "decline", true);
    }

    /** A turn that is answered at once. */
    HttpResponse<String> chat(Person person, Map<String, Object> body) {
        return send(person, "POST", Api.CHAT, body);
    }

    /** A turn that is told while it happens. */
    HttpResponse<String> stream(Person person, Map<String, Object> body) {
        return Http.send(Api.withBody(as(person, Api.CHAT).header("Accept", "text/event-stream"), "POST", body));
    }

    HttpResponse<String> get(Person person, String path) {
        return Http.send(as(person, path));
    }

    /** What can only be there. */
    Json found(Person person, String path) {
        HttpResponse<String> answer = get(person, path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " is answered with " + answer.statusCode() + " " + answer.body());
        }
        return Json.of(answer.body());
    }

    HttpResponse<String> delete(Person person, String path) {
        return Http.send(as(person, path).DELETE());
    }

    /** Answers an approval or a consent. */
    HttpResponse<String> decide(Person person, String path, String id, String decision) {
        return send(person, "POST", path + "/" + id, Map.of("decision", decision));
    }

    HttpResponse<String> send(Person person, String method, String path, Object body) {
        return Http.send(Api.withBody(as(person, path), method, body));
    }

    HttpRequest.Builder as(Person person, String path) {
        return bearing(signIn.token(person), path);
    }

    HttpRequest.Builder bearing(String token, String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header(Api.CORRELATION_ID, UUID.randomUUID().toString())
                .header("Authorization", "Bearer " + token);
    }

    /** The hops of each run of a conversation, as they are kept. */
    List<List<String>> kept(Person person, String conversation) {
        return found(person, CONVERSATIONS + "/" + conversation + "/trail").all("/runs").stream()
                .map(run -> run.all("/hops").stream().map(Json::toString).toList())
                .toList();
    }

    /** What the ledger says of a person and an agent. */
    Json consentOf(Person person, String agent) {
        return found(person, CONSENTS).all("/items").stream()
                .filter(entry -> entry.text("agent").equals(agent))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing is known of " + person + " and " + agent));
    }
}
