package dev.throughline.local.entra;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a query or a form. An empty value counts as absent (RFC 6749, section 3.1). */
record Parameters(Map<String, String> values, Set<String> repeated) {

    private static final int LIMIT = 100;

    static Parameters parse(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> repeated = new LinkedHashSet<>();
        if (encoded != null && !encoded.isEmpty()) {
            String[] pairs = encoded.split("&", LIMIT + 1);
            if (pairs.length > LIMIT) {
                throw new AadException(Aadsts.malformed("It has too many parameters."));
            }
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                if (!value.isEmpty() && values.put(name, value) != null) {
                    repeated.add(name);
                }
            }
        }
        return new Parameters(values, repeated);
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String required(String name) {
        return optional(name).orElseThrow(() -> new AadException(Aadsts.parameterMissing(name)));
    }

    void refuseRepeated() {
        repeated.stream().findFirst().ifPresent(name -> {
            throw new AadException(Aadsts.parameterRepeated(name));
        });
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AadException(Aadsts.malformed("A parameter is not percent-encoded properly."));
        }
    }
}
