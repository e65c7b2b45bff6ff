package dev.throughline.in.security;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the members of a token's header or payload as the one type that each must have. */
final class Claims {
    private static final int GUID_LENGTH = 36;
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int MOST_TEXTS = 100;

    private final Map<String, @Nullable Object> members;

    Claims(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    boolean allAmong(Set<String> names) {
        return names.containsAll(members.keySet());
    }

    boolean noneOf(Set<String> names) {
        return Collections.disjoint(members.keySet(), names);
    }

    boolean is(String name, String text) {
        return text.equals(members.get(name));
    }

    /** Whether it is absent or, in small letters, one of these. */
    boolean textOrAbsent(String name, Set<String> texts) {
        return !has(name)
                || text(name)
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .filter(texts::contains)
                        .isPresent();
    }

    /** A text that is not empty; none for any other type. */
    Optional<String> text(String name) {
        return members.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** A GUID in its usual spelling, which is the only one that comes back as it was. */
    Optional<UUID> guid(String name) {
        return text(name).filter(text -> text.length() == GUID_LENGTH).flatMap(Claims::guidOf);
    }

    private static Optional<UUID> guidOf(String text) {
        try {
            UUID guid = UUID.fromString(text);
            return guid.toString().equalsIgnoreCase(text) ? Optional.of(guid) : Optional.empty();
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    /** The words of a text claim, as in {@code scp}; none for any other type. */
    Set<String> words(String name) {
        if (!(members.get(name) instanceof String text) || text.isEmpty()) {
            return Set.of();
        }
        Set<String> words = new HashSet<>(List.of(text.split(" ")));
        words.remove("");
        return Set.copyOf(words);
    }

    /** The texts of an array claim of at most 100, as in {@code roles}; none for any other type. */
    Set<String> texts(String name) {
        Set<String> texts = new HashSet<>();
        if (members.get(name) instanceof List<?> list && list.size() <= MOST_TEXTS) {
            for (Object entry : list) {
                if (!(entry instanceof String text)) {
                    return Set.of();
                }
                texts.add(text);
            }
        }
        return Set.copyOf(texts);
    }

    /** The members of an object claim; none for any other type. */
    Optional<Claims> object(String name) {
        return members.get(name) instanceof Map<?, ?> object ? Optional.of(of(object)) : Optional.empty();
    }

    /** The members of an object in JSON, whose names are texts. */
    static Claims of(Map<?, ?> object) {
        Map<String, @Nullable Object> members = new HashMap<>();
        object.forEach((name, value) -> members.put((String) name, value));
        return new Claims(members);
    }

    /** A moment after 1970 and before the year 10,000, in seconds (RFC 7519 section 2); none for anything else. */
    Optional<Instant> moment(String name) {
        Object value = members.get(name);
        if (value instanceof Integer || value instanceof Long || value instanceof Double) {
            // Too large a fraction becomes the largest whole number, which is out of bounds; what is no number, zero.
            long seconds = ((Number) value).longValue();
            return seconds > 0 && seconds <= LATEST ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
        }
        return Optional.empty();
    }
}
