package dev.throughline.matrix;

import dev.throughline.local.entra.TokenDraft;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Another OpenID provider: an issuer with a key of its own and access tokens as RFC 9068 has them. */
final class OtherProvider implements AutoCloseable {
    static final String ISSUER = "https://id.other.example";

    private final KeyServer keys = KeyServer.start();
    private final Signer signer = Signer.of("of-the-provider", 2048);

    OtherProvider() {
        keys.publish(List.of(signer.published()));
    }

    String keys() {
        return keys.address();
    }

    /** What this provider says where Entra says it in its own way; not signed yet. */
    static TokenDraft inItsWords(TokenDraft entra) {
        TokenDraft draft = entra;
        for (String claim : List.of("ver", "tid", "oid", "uti", "azp", "azpacr", "scp", "preferred_username")) {
            draft = draft.without(claim);
        }
        return draft.with("iss", ISSUER)
                .with("sub", "person-" + UUID.randomUUID())
                .with("client_id", Good.WEB_CHAT)
                .with("scope", "Orders.Read Orders.Write");
    }

    String sign(TokenDraft draft) {
        return signer.sign(draft);
    }

    /** Actors that are all the same registered agent. */
    static Map<String, Object> actors(int length) {
        return ClaimRows.chain(length);
    }

    @Override
    public void close() {
        keys.close();
    }
}
