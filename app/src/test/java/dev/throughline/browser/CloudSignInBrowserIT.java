package dev.throughline.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Route;
import dev.throughline.e2e.Running;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The same page with the settings that it gets in Azure. Nothing leaves this machine: the browser is stopped on its
 * way.
 */
@ExtendWith(Browsers.class)
class CloudSignInBrowserIT {
    private static final String TENANT = "11111111-2222-4333-8444-555555555555";
    private static final String CLIENT = "66666666-7777-4888-8999-aaaaaaaaaaaa";

    @Test
    void without_metadata_from_the_server_the_page_leaves_for_the_clouds_own_sign_in(Visitors visitors) {
        Visitor somebody = visitors.comes();
        somebody.page()
                .route(
                        "**/api/v1/config",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody("""
                                {"clientId":"%s","authority":"https://login.microsoftonline.com/%s",
                                 "knownAuthorities":[],"scopes":["api://orders/Orders.Read"],
                                 "agent":{"name":"orders-assistant"},"environment":"prod",
                                 "consentLinkHosts":["logic-apis.example"],"authRequired":true}
                                """.formatted(CLIENT, TENANT))));
        somebody.page()
                .route(
                        "https://login.microsoftonline.com/**",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/html")
                                .setBody("<title>Sign in</title>")));
        somebody.page().reload();

        somebody.part("sign-in").click();

        somebody.page().waitForURL("https://login.microsoftonline.com/**");
        URI asked = URI.create(somebody.page().url());
        assertEquals("/" + TENANT + "/oauth2/v2.0/authorize", asked.getPath());
        Map<String, String> parameters = parametersOf(asked);
        assertEquals(CLIENT, parameters.get("client_id"));
        assertEquals(Running.stack().web().toString(), parameters.get("redirect_uri"));
        assertEquals("code", parameters.get("response_type"));
        assertEquals("S256", parameters.get("code_challenge_method"));
        assertEquals("select_account", parameters.get("prompt"));
        assertTrue(parameters.get("scope").contains("api://orders/Orders.Read"), parameters.get("scope"));
    }

    private static Map<String, String> parametersOf(URI uri) {
        return Stream.of(uri.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
