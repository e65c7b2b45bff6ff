package dev.throughline.local.entra;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The {@code client_info} from which Microsoft's libraries make the key of an account. */
final class ClientInfo {

    private ClientInfo() {}

    static String of(Person person) {
        String json = JSONObjectUtils.toJSONString(
                Map.of("uid", person.id(), "utid", person.tenant().id()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
