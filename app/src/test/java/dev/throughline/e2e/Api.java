package dev.throughline.e2e;

import dev.throughline.local.run.LocalStack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;

/** The product's endpoints, called with somebody's token. */
final class Api {
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
        return Http.send(as(person, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body instanceof String text ? text : Json.text(body))));
    }

    HttpResponse<String> put(Person person, String path, Object body) {
        return Http.send(as(person, path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body instanceof String text ? text : Json.text(body))));
    }

    HttpResponse<String> delete(Person person, String path) {
        return Http.send(as(person, path).DELETE());
    }

    /** Says something in a new conversation and answers the whole JSON. */
    Json chat(Person person, String message) {
        return Json.of(post(person, "/api/v1/chat", Map.of("message", message)).body());
    }

    /** Goes on with what waited for a consent. */
    Json resume(Person person, String conversation) {
        return Json.of(post(person, "/api/v1/chat", Map.of("conversation_id", conversation, "resume", true))
                .body());
    }

    /** Consents at the broker as a script does, by redirects alone. */
    HttpResponse<String> consent(Person person, String link) {
        return Http.follow(URI.create(link + "&login_hint=" + person.login + "&consent=accept"));
    }

    HttpRequest.Builder as(Person person, String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + signIn.token(person));
    }
}
