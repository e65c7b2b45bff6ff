package dev.throughline.local.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the language model is.
 *
 * @param endpoint where chat completions are asked for
 * @param model its name there
 * @param key the bearer key; empty where none is needed
 */
public record ModelSettings(URI endpoint, String model, String key) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** What the responses of the guided mode name as their model, so that no real one may be called so. */
    public static final String GUIDED = "guided";

    public ModelSettings {
        boolean web = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
        if (!web || endpoint.getHost() == null || endpoint.getRawUserInfo() != null) {
            throw new IllegalArgumentException("LOCAL_MODEL_URL must be an http or https address.");
        }
        if (model.equals(GUIDED) || model.length() > 100) {
            throw new IllegalArgumentException("LOCAL_MODEL must be the name of a model, and not 'guided'.");
        }
        if (!key.isEmpty() && "http".equals(endpoint.getScheme()) && !LOOPBACK.contains(endpoint.getHost())) {
            throw new IllegalArgumentException(
                    "LOCAL_MODEL_KEY must not be sent unencrypted: set LOCAL_MODEL_URL to an https address.");
        }
    }

    /**
     * What these variables say; empty where they name no model.
     *
     * @throws IllegalArgumentException with a sentence that names the variable, where they cannot be
     */
    public static Optional<ModelSettings> from(Map<String, String> environment) {
        String url = environment.getOrDefault("LOCAL_MODEL_URL", "").strip();
        String model = environment.getOrDefault("LOCAL_MODEL", "").strip();
        if (url.isEmpty() && model.isEmpty()) {
            return Optional.empty();
        }
        if (url.isEmpty() || model.isEmpty()) {
            throw new IllegalArgumentException("LOCAL_MODEL_URL and LOCAL_MODEL must be set together.");
        }
        return Optional.of(new ModelSettings(
                completions(url),
                model,
                environment.getOrDefault("LOCAL_MODEL_KEY", "").strip()));
    }

    /** People give the server, its {@code /v1}, or the whole address. */
    private static URI completions(String url) {
        String base = url.replaceFirst("/+$", "");
        try {
            if (base.endsWith("/chat/completions")) {
                return new URI(base);
            }
            return new URI(base.endsWith("/v1") ? base + "/chat/completions" : base + "/v1/chat/completions");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("LOCAL_MODEL_URL must be an http or https address.", e);
        }
    }

    @Override
    public String toString() {
        return "ModelSettings[" + model + " at " + endpoint + "]";
    }
}
