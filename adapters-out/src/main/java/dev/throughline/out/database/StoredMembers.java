package dev.throughline.out.database;

import dev.throughline.CanonicalUuid;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The members of an object that we stored, read strictly: what is missing, unknown or of another kind was not written
 * by this version, and guessing what it means could let an agent do what nobody approved. Complaints name the member
 * and never its value, which may be a person's.
 */
final class StoredMembers {
    private final String what;
    private final JsonObject members;

    /**
     * @param what how complaints call the object
     * @param known the members that it may have
     */
    StoredMembers(String what, JsonValue value, Set<String> known) {
        this.what = what;
        if (!(value instanceof JsonObject object)) {
            throw new IllegalStateException("A stored " + what + " is no object");
        }
        members = object;
        members.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalStateException("A stored " + what + " has a member that is not known");
                });
    }

    String text(String name) {
        if (members.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw wrong(name);
    }

    Optional<String> optionalText(String name) {
        return members.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
    }

    Optional<UUID> optionalId(String name) {
        return optionalText(name).map(text -> CanonicalUuid.parse(text).orElseThrow(() -> wrong(name)));
    }

    boolean flag(String name) {
        JsonValue value = members.get(name);
        if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
            throw wrong(name);
        }
        return value == JsonValue.TRUE;
    }

    JsonObject object(String name) {
        if (members.get(name) instanceof JsonObject object) {
            return object;
        }
        throw wrong(name);
    }

    Optional<JsonObject> optionalObject(String name) {
        return members.containsKey(name) ? Optional.of(object(name)) : Optional.empty();
    }

    List<JsonValue> list(String name) {
        if (members.get(name) instanceof JsonArray array) {
            return array;
        }
        throw wrong(name);
    }

    List<String> texts(String name) {
        return list(name).stream()
                .map(value -> {
                    if (value instanceof JsonString text) {
                        return text.getString();
                    }
                    throw wrong(name);
                })
                .toList();
    }

    /** A complaint about a member. */
    IllegalStateException wrong(String name) {
        return new IllegalStateException("A stored " + what + " has no " + name + " that can be read");
    }
}
