package dev.throughline.local.foundry;

import dev.throughline.local.responses.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.type.TypeReference;

/** The connection tokens of all users, bounded, and kept in a file that only its owner can read. */
final class TokenVault {

    /** Entries; the one used least recently makes room. */
    static final int CAPACITY = 1_000;

    private final PrivateFile file;
    private final Map<String, ConnectionToken> tokens = new LinkedHashMap<>(16, 0.75f, true);

    TokenVault(PrivateFile file) {
        this.file = file;
        if (file.exists()) {
            tokens.putAll(
                    Json.MAPPER.readValue(file.read(), new TypeReference<LinkedHashMap<String, ConnectionToken>>() {}));
        }
    }

    synchronized Optional<ConnectionToken> find(ProjectUser user, OAuthConnection connection) {
        return Optional.ofNullable(tokens.get(key(user, connection)));
    }

    synchronized void keep(ProjectUser user, OAuthConnection connection, ConnectionToken token) {
        tokens.put(key(user, connection), token);
        if (tokens.size() > CAPACITY) {
            tokens.remove(tokens.keySet().iterator().next());
        }
        save();
    }

    synchronized void forget(ProjectUser user, OAuthConnection connection) {
        if (tokens.remove(key(user, connection)) != null) {
            save();
        }
    }

    synchronized void change(UnaryOperator<ConnectionToken> change) {
        tokens.replaceAll((key, token) -> change.apply(token));
        save();
    }

    synchronized void forgetAll() {
        tokens.clear();
        save();
    }

    private void save() {
        file.replace(Json.MAPPER.writeValueAsBytes(tokens));
    }

    private static String key(ProjectUser user, OAuthConnection connection) {
        return user.tenantId() + "/" + user.objectId() + "/" + connection.name();
    }
}
