package dev.throughline.in.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object in the body of a request: members that we know, each of exactly its type. */
public final class JsonRequest {
    private static final int MAX_SIZE = 64 * 1024;

    private final ObjectNode members;

    private JsonRequest(ObjectNode members) {
        this.members = members;
    }

    /**
     * Reads the body of a request.
     *
     * @param contentType the request's header, if there is one
     * @param known the members that there may be
     * @throws ProblemException with status 400, 413 or 415
     */
    public static JsonRequest read(InputStream body, Optional<String> contentType, Set<String> known)
            throws IOException {
        Body.requireJson(contentType);
        if (!(parse(Body.read(body, MAX_SIZE)) instanceof ObjectNode members)) {
            throw new ProblemException(Problem.of(400, "body_invalid", "The body must be a JSON object."));
        }
        for (String name : members.propertyNames()) {
            if (!known.contains(name)) {
                throw new ProblemException(unknown(name, known));
            }
        }
        return new JsonRequest(members);
    }

    /** Whether the member is there. */
    public boolean has(String name) {
        return members.has(name);
    }

    /** The text of a member, if it is there. */
    public Optional<String> text(String name) {
        return member(name).map(value -> {
            require(value.isString(), name, "a string");
            return value.stringValue();
        });
    }

    /** The number of a member, if it is there. */
    public Optional<Integer> integer(String name) {
        return member(name).map(value -> {
            require(value.isIntegralNumber() && value.canConvertToInt(), name, "a whole number");
            return value.intValue();
        });
    }

    /** The truth of a member, if it is there. */
    public Optional<Boolean> flag(String name) {
        return member(name).map(value -> {
            require(value.isBoolean(), name, "true or false");
            return value.booleanValue();
        });
    }

    /** The problem of a request that lacks a member. */
    public static ProblemException missing(String name) {
        return new ProblemException(Problem.ofField("value_missing", name, name + " is required."));
    }

    private Optional<JsonNode> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.parse(body);
        } catch (MalformedJsonException e) {
            throw new ProblemException(Problem.of(400, "body_invalid", e.getMessage()));
        }
    }

    private static void require(boolean rightType, String name, String type) {
        if (!rightType) {
            throw new ProblemException(Problem.ofField("value_invalid", name, name + " must be " + type + "."));
        }
    }

    private static Problem unknown(String name, Set<String> known) {
        // A name of the sender's choice is repeated only where it cannot do harm.
        String shown = name.matches("[A-Za-z0-9_.-]{1,64}") ? name : "that";
        return Problem.ofField(
                "property_unknown",
                shown,
                "There is no property of that name; there are %s."
                        .formatted(String.join(", ", known.stream().sorted().toList())));
    }
}
