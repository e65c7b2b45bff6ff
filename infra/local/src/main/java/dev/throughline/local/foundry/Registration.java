package dev.throughline.local.foundry;

import dev.throughline.local.LocalPorts;
import java.net.URI;

/** The fixed identifiers of the local tenant, and the addresses that follow from the ports. */
record Registration(LocalPorts ports) {

    static final String TENANT = "c0ffee00-0000-4000-8000-000000000001";
    static final String ASSISTANT_CLIENT = "c0ffee00-0000-4000-8000-0000000000a3";
    static final String NIGHT_AGENT_CLIENT = "c0ffee00-0000-4000-8000-0000000000a5";
    static final String SHARED_IDENTITY_CLIENT = "c0ffee00-0000-4000-8000-0000000000a6";
    static final String API_AUDIENCE = "api://c0ffee00-0000-4000-8000-0000000000a1";
    static final String API_SCOPE_PREFIX = API_AUDIENCE + "/";
    /** {@code appid} of the tokens that a UserEntraToken connection hands on, where the product has called. */
    static final String PASSTHROUGH_CLIENT = "c0ffee00-0000-4000-8000-0000000000a1";

    static final String FOUNDRY_AUDIENCE = "https://ai.azure.com";

    /** Issuer of tokens for v1 resources, of which {@code https://ai.azure.com} is one. */
    String v1Issuer() {
        return entra() + "/";
    }

    String v2Issuer() {
        return entra() + "/v2.0";
    }

    URI keys() {
        return URI.create(entra() + "/discovery/v2.0/keys");
    }

    URI authorize() {
        return URI.create(entra() + "/oauth2/v2.0/authorize");
    }

    URI token() {
        return URI.create(entra() + "/oauth2/v2.0/token");
    }

    URI foundry(String path) {
        return URI.create("http://localhost:" + ports.foundry() + path);
    }

    URI hosted(String path) {
        return URI.create("http://localhost:" + ports.hosted() + path);
    }

    URI mcp() {
        return URI.create("http://localhost:" + ports.web() + "/api/v1/mcp");
    }

    private String entra() {
        return "http://localhost:" + ports.entra() + "/" + TENANT;
    }
}
