package dev.throughline.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The keys that an issuer publishes. */
final class IssuerKeys {
    private IssuerKeys() {}

    static List<Map<String, Object>> of(String address) {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            Map<String, List<Map<String, Object>>> set =
                    JsonMapper.shared().readValue(in, new TypeReference<Map<String, List<Map<String, Object>>>>() {});
            return new ArrayList<>(set.get("keys"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
