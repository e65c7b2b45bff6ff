package dev.throughline.local.entra;

import java.util.Map;

/** One grant type of the token endpoint. */
@FunctionalInterface
interface Grant {

    /**
     * @param app the client, which has proved who it is
     * @return the answer's JSON
     * @throws AadException if the grant is not good
     */
    Map<String, Object> redeem(Tenant tenant, App app, Parameters form);
}
