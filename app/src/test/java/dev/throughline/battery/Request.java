package dev.throughline.battery;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as it goes over the wire. Each method answers a changed copy, so that a check can change one thing of a
 * request that was accepted.
 *
 * @param headers in the order in which they are sent; a name may stand there twice
 */
record Request(String method, URI uri, List<Header> headers, String body) {

    /** One line of the head. */
    record Header(String name, String value) {}

    Request {
        headers = List.copyOf(headers);
    }

    static Request get(URI uri) {
        return new Request("GET", uri, List.of(new Header("Host", uri.getRawAuthority())), "")
                .with("Accept", "application/json");
    }

    static Request post(URI uri, String json) {
        return new Request("POST", uri, List.of(new Header("Host", uri.getRawAuthority())), json)
                .with("Content-Type", "application/json")
                .with("Accept", "application/json, text/event-stream");
    }

    /** Adds a header, beside others of that name. */
    Request with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Request(method, uri, more, body);
    }

    Request without(String name) {
        List<Header> fewer = headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase(name))
                .toList();
        return new Request(method, uri, fewer, body);
    }

    /** Sets a header in the place of any others of that name. */
    Request replacing(String name, String value) {
        return without(name).with(name, value);
    }

    Request bearing(String token) {
        return with("Authorization", "Bearer " + token);
    }

    Request at(URI other) {
        return new Request(method, other, headers, body);
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    Answer send() {
        return Wire.send(this);
    }
}
