package dev.throughline.in.edge;

import static dev.throughline.in.edge.EdgeRejection.ADDRESS_TOO_LONG;
import static dev.throughline.in.edge.EdgeRejection.BODY_ENCODED;
import static dev.throughline.in.edge.EdgeRejection.BODY_END_UNCLEAR;
import static dev.throughline.in.edge.EdgeRejection.BODY_TOO_LARGE;
import static dev.throughline.in.edge.EdgeRejection.HEADERS_TOO_LARGE;
import static dev.throughline.in.edge.EdgeRejection.HEADER_MALFORMED;
import static dev.throughline.in.edge.EdgeRejection.HEADER_REPEATED;
import static dev.throughline.in.edge.EdgeRejection.HOST_MISMATCH;
import static dev.throughline.in.edge.EdgeRejection.HOST_MISSING;
import static dev.throughline.in.edge.EdgeRejection.HOST_NOT_ALLOWED;
import static dev.throughline.in.edge.EdgeRejection.LENGTH_REQUIRED;
import static dev.throughline.in.edge.EdgeRejection.METHOD_UNKNOWN;
import static dev.throughline.in.edge.EdgeRejection.ORIGIN_NOT_ALLOWED;
import static dev.throughline.in.edge.EdgeRejection.PROTOCOL_NOT_SUPPORTED;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Every rule that a request must meet before anybody looks at it, in the order in which they are checked. The container
 * is kinder than RFC 9112 in many places; what it lets through and a servlet can see is refused here. The tests leave
 * out each rule in turn to show that it is needed.
 *
 * <p>{@code Authorization} is missing from the rules about values and repetition: it is the gate's, with its own
 * reasons and its own challenge.
 *
 * @param all the rules in their order
 */
record EdgeRules(List<EdgeRule> all) {
    /** The longest body that any address of ours takes, in bytes. */
    static final int LONGEST_BODY = 1024 * 1024;

    private static final int LONGEST_TARGET = 8 * 1024;
    private static final int MOST_HEADERS = 100;
    private static final int LARGEST_HEADERS = 32 * 1024;

    private static final Set<String> PROTOCOLS = Set.of("HTTP/1.1", "HTTP/1.0");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT");

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /** Each decides something, and whoever stands before us may have looked at the other line. */
    private static final Set<String> SINGULAR = Set.of(
            "host",
            "origin",
            "content-type",
            "content-length",
            "content-encoding",
            "transfer-encoding",
            "expect",
            "if-match",
            "if-none-match",
            "idempotency-key",
            "access-control-request-method",
            "access-control-request-headers",
            "mcp-protocol-version",
            "mcp-session-id",
            "mcp-method",
            "mcp-name",
            "last-event-id",
            "traceparent",
            "tracestate",
            "x-correlation-id",
            "user-agent",
            "referer");

    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7E\\t]*");
    private static final Pattern WITHOUT_CONTROLS = Pattern.compile("[^\\p{Cntrl}&&[^\\t]]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    static EdgeRules of(EdgeSettings settings) {
        AllowedHosts hosts = new AllowedHosts(settings);
        AllowedOrigins origins = new AllowedOrigins(settings);
        return new EdgeRules(List.of(
                // A version that is only written down could claim to be HTTP/2 and go without a Host header.
                rule("HTTP/1.1 or 1.0", PROTOCOL_NOT_SUPPORTED, head -> PROTOCOLS.contains(head.protocol())),
                // The container would take "get" for GET, which a filter in front may not.
                rule("a method that HTTP knows", METHOD_UNKNOWN, head -> METHODS.contains(head.method())),
                rule(
                        "an address of bounded length",
                        ADDRESS_TOO_LONG,
                        head -> head.target().length() <= LONGEST_TARGET),
                rule("headers of bounded number", HEADERS_TOO_LARGE, head -> head.lineCount() <= MOST_HEADERS),
                rule("headers of bounded size", HEADERS_TOO_LARGE, head -> head.size() <= LARGEST_HEADERS),
                rule("visible characters in values", HEADER_MALFORMED, EdgeRules::hasPlainValues),
                rule("one line of each header that decides", HEADER_REPEATED, head -> head.hasNoneTwice(SINGULAR)),
                rule(
                        "a host",
                        HOST_MISSING,
                        head -> head.only("host")
                                .filter(host -> !host.isEmpty())
                                .isPresent()),
                rule(
                        "a host that is ours",
                        HOST_NOT_ALLOWED,
                        head -> head.only("host").filter(hosts::contain).isPresent()),
                // An address may hold a host, which then counts instead of the header (RFC 9112 section 3.2.2).
                rule("the same host in the address", HOST_MISMATCH, EdgeRules::namesOneHost),
                rule(
                        "no origin, or one that is allowed",
                        ORIGIN_NOT_ALLOWED,
                        head -> head.lines("origin").stream().allMatch(origins::contain)),
                rule(
                        "one way of telling where the body ends",
                        BODY_END_UNCLEAR,
                        head -> !head.has("transfer-encoding") || !head.has("content-length")),
                rule("chunked, if the transfer is encoded", BODY_END_UNCLEAR, EdgeRules::isPlainlyChunked),
                rule(
                        "no chunks before HTTP/1.1",
                        BODY_END_UNCLEAR,
                        head -> !head.has("transfer-encoding")
                                || head.protocol().equals("HTTP/1.1")),
                rule(
                        "digits, if a length is told",
                        BODY_END_UNCLEAR,
                        head -> !head.has("content-length")
                                || head.only("content-length")
                                        .filter(matches(LENGTH))
                                        .isPresent()),
                // The container drops a length that is no number and takes what follows for the next request.
                rule(
                        "a length, where there may be a body",
                        LENGTH_REQUIRED,
                        head -> !WITH_BODY.contains(head.method())
                                || head.has("content-length")
                                || head.has("transfer-encoding")),
                rule(
                        "a length within bounds",
                        BODY_TOO_LARGE,
                        head -> length(head)
                                .filter(length -> length > LONGEST_BODY)
                                .isEmpty()),
                // A small body could otherwise unfold into a large one.
                rule(
                        "a body that is not compressed",
                        BODY_ENCODED,
                        head -> head.lines("content-encoding").stream().allMatch("identity"::equalsIgnoreCase))));
    }

    /** Why a request is refused; empty if it is not. */
    Optional<EdgeRejection> rejectionOf(RequestHead head) {
        return all.stream()
                .filter(rule -> !rule.holds().test(head))
                .map(EdgeRule::otherwise)
                .findFirst();
    }

    private static boolean hasPlainValues(RequestHead head) {
        return head.headers().entrySet().stream().allMatch(header -> switch (header.getKey()) {
            case "authorization" -> true;
            // A browser sends what others left under the same host name; nothing here reads it.
            case "cookie" -> header.getValue().stream().allMatch(matches(WITHOUT_CONTROLS));
            default -> header.getValue().stream().allMatch(matches(VISIBLE));
        });
    }

    private static boolean namesOneHost(RequestHead head) {
        return head.only("host")
                .map(AllowedHosts::nameIn)
                .filter(head.addressedHost()::equalsIgnoreCase)
                .isPresent();
    }

    private static boolean isPlainlyChunked(RequestHead head) {
        return !head.has("transfer-encoding")
                || head.only("transfer-encoding")
                        .filter("chunked"::equalsIgnoreCase)
                        .isPresent();
    }

    private static Optional<Long> length(RequestHead head) {
        return head.only("content-length").filter(matches(LENGTH)).map(Long::valueOf);
    }

    private static Predicate<String> matches(Pattern pattern) {
        return value -> pattern.matcher(value).matches();
    }

    private static EdgeRule rule(String name, EdgeRejection otherwise, Predicate<RequestHead> holds) {
        return new EdgeRule(name, otherwise, holds);
    }
}
