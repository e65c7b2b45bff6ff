package dev.throughline.in.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An issuer's key set, whose fetches are counted and which can be away. */
final class TestKeySource implements KeySource {
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile byte @Nullable [] document;

    TestKeySource(List<Map<String, Object>> keys) {
        publish(keys);
    }

    void publish(List<Map<String, Object>> keys) {
        publishText(JsonMapper.shared().writeValueAsString(Map.of("keys", keys)));
    }

    void publishText(String text) {
        document = text.getBytes(StandardCharsets.UTF_8);
    }

    void goAway() {
        document = null;
    }

    int fetches() {
        return fetches.get();
    }

    @Override
    public byte[] fetch() throws IOException {
        fetches.incrementAndGet();
        byte[] current = document;
        if (current == null) {
            throw new IOException("nobody answers");
        }
        return current;
    }
}
