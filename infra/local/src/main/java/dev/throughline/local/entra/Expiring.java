package dev.throughline.local.entra;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A bounded store of things known by an unguessable id, for a while; when it is full, the oldest goes. */
final class Expiring<V> {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Entry<V>> entries = new LinkedHashMap<>();
    private final int capacity;
    private final Duration lifetime;
    private final Clock clock;

    private record Entry<V>(V value, Instant expires) {}

    Expiring(int capacity, Duration lifetime, Clock clock) {
        this.capacity = capacity;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    synchronized String add(V value) {
        if (entries.size() >= capacity) {
            entries.remove(entries.keySet().iterator().next());
        }
        String id = newId();
        entries.put(id, new Entry<>(value, clock.instant().plus(lifetime)));
        return id;
    }

    synchronized Optional<V> find(String id) {
        return Optional.ofNullable(entries.get(id))
                .filter(entry -> clock.instant().isBefore(entry.expires()))
                .map(Entry::value);
    }

    /** Finds and removes: the id is good for one use. */
    synchronized Optional<V> take(String id) {
        Optional<V> found = find(id);
        entries.remove(id);
        return found;
    }

    static String newId() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
