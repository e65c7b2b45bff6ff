package dev.throughline.e2e;

import dev.throughline.local.run.LocalStack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;

/** The product's endpoints, called with somebody's token. Each request names itself by a correlation id of its own. */
final class Api {
    static final String ORDERS = "/api/v1/orders";
    static final String CHAT = "/api/v1/chat";
    static final String MCP = "/api/v1/mcp";
    static final String CORRELATION_ID = "X-Correlation-ID";

    private final LocalStack stack;
    private final SignIn signIn;

    Api(LocalStack stack) {
        this.stack = stack;
        this.signIn = new SignIn(stack.ports());
    }

    SignIn signIn() {
        return signIn;
    }

    URI uri(String path) {
        return URI.create(stack.web() + path.substring(1));
    }

    HttpResponse<String> get(Person person, String path) {
        return Http.send(as(person, path));
    }

    HttpResponse<String> post(Person person, String path, Object body) {
        return Http.send(withBody(as(person, path), "POST", body));
    }

    HttpResponse<String> put(Person person, String path, Object body) {
        return Http.send(withBody(as(person, path), "PUT", body));
    }

    HttpResponse<String> delete(Person person, String path) {
        return Http.send(as(person, path).DELETE());
    }

    /** Says something in a new conversation and answers the whole JSON. */
    Json chat(Person person, String message) {
        return Json.of(post(person, CHAT, Map.of("message", message)).body());
    }

    /** Goes on with what waited for a consent. */
    Json resume(Person person, String conversation) {
        return Json.of(post(person, CHAT, Map.of("conversation_id", conversation, "resume", true))
                .body());
    }

    /** Consents at the broker as a script does, by redirects alone. */
    HttpResponse<String> consent(Person person, String link) {
        return decideConsent(person, link, "accept");
    }

    /** Accepts or declines at the broker. */
    HttpResponse<String> decideConsent(Person person, String link, String decision) {
        return Http.follow(URI.create(link + "&login_hint=" + person.login + "&consent=" + decision));
    }

    /** Lets the default agent see this person's orders, if it may not yet. */
    void allowAgent(Person person) {
        Json answer = chat(person, "list my orders");
        for (Json consent : answer.all("/consents")) {
            consent(person, consent.text("consent_link"));
        }
    }

    HttpRequest.Builder as(Person person, String path) {
        return bearing(signIn.token(person), path);
    }

    /** A request that carries any token. */
    HttpRequest.Builder bearing(String token, String path) {
        return anonymous(path).header("Authorization", "Bearer " + token);
    }

    /** A request that carries no token. */
    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(uri(path))
                .header(CORRELATION_ID, UUID.randomUUID().toString());
    }

    /** Gives a request a JSON body: a text as it is, and anything else as JSON. */
    static HttpRequest.Builder withBody(HttpRequest.Builder request, String method, Object body) {
        return request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body instanceof String text ? text : Json.text(body)));
    }
}
