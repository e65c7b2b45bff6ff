package dev.throughline.local.foundry;

import dev.throughline.local.responses.Ids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys by which a hosted agent may tell people apart without knowing who they are: always the same for a person,
 * and by a secret of this project, so that nobody can compute them from an object id.
 */
final class UserPartitions {

    private final SecretKeySpec key;

    UserPartitions(PrivateFile file) {
        if (!file.exists()) {
            file.replace(Ids.secret().getBytes(StandardCharsets.US_ASCII));
        }
        this.key = new SecretKeySpec(file.read(), "HmacSHA256");
    }

    String of(ProjectUser user) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] digest = mac.doFinal((user.tenantId() + "/" + user.objectId()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
