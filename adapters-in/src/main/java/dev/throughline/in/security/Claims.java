package dev.throughline.in.security;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads claims as the one type that each must have. */
final class Claims {
    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

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

    Optional<String> text(String name) {
        return members.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    Optional<UUID> guid(String name) {
        return text(name).filter(text -> GUID.matcher(text).matches()).map(UUID::fromString);
    }

    /** The members of an object claim, as in {@code act}; empty for any other type. */
    Optional<Claims> object(String name) {
        if (members.get(name) instanceof Map<?, ?> object) {
            Map<String, @Nullable Object> named = new HashMap<>();
            object.forEach((key, value) -> named.put(String.valueOf(key), value));
            return Optional.of(new Claims(named));
        }
        return Optional.empty();
    }

    /** The words of a text claim, as in {@code scp}; none for any other type. */
    Set<String> words(String name) {
        return text(name)
                .map(text -> Set.copyOf(List.of(text.strip().split(" +"))))
                .orElse(Set.of());
    }

    /** The texts of an array claim of at most 100, as in {@code roles}; none for any other type. */
    Set<String> texts(String name) {
        if (members.get(name) instanceof List<?> list
                && list.size() <= 100
                && list.stream().allMatch(String.class::isInstance)) {
            return Set.copyOf(list.stream().map(String.class::cast).distinct().toList());
        }
        return Set.of();
    }

    /** A moment in whole or broken seconds since 1970 (RFC 7519 section 2). */
    Instant moment(String name) throws RejectedTokenException {
        if (members.get(name) instanceof Number number) {
            BigDecimal seconds = new BigDecimal(number.toString());
            if (seconds.signum() > 0 && seconds.compareTo(BigDecimal.valueOf(LATEST)) <= 0) {
                return Instant.ofEpochSecond(seconds.longValue());
            }
        }
        throw new RejectedTokenException(TokenRejection.CLAIMS_INVALID);
    }
}
