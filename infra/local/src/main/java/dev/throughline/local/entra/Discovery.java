package dev.throughline.local.entra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The OpenID configuration with the fields of the real one: neither {@code code_challenge_methods_supported} nor
 * {@code registration_endpoint}, on which clients tend to stumble.
 */
final class Discovery {

    private Discovery() {}

    static Map<String, Object> document(String baseUrl, Tenant tenant) {
        String root = baseUrl + "/" + tenant.id();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token_endpoint", root + "/oauth2/v2.0/token");
        json.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_post", "private_key_jwt", "client_secret_basic"));
        json.put("jwks_uri", root + "/discovery/v2.0/keys");
        json.put("response_modes_supported", List.of("query", "fragment"));
        json.put("subject_types_supported", List.of("pairwise"));
        json.put("id_token_signing_alg_values_supported", List.of("RS256"));
        json.put("response_types_supported", List.of("code"));
        json.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        json.put("issuer", root + "/v2.0");
        json.put("request_uri_parameter_supported", false);
        json.put("authorization_endpoint", root + "/oauth2/v2.0/authorize");
        json.put("http_logout_supported", true);
        json.put("end_session_endpoint", root + "/oauth2/v2.0/logout");
        json.put(
                "claims_supported",
                List.of("sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver"));
        json.put("tenant_region_scope", "EU");
        json.put("cloud_instance_name", "localhost");
        return json;
    }
}
