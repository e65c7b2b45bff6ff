package dev.throughline.local.entra;

import java.io.IOException;
import java.util.Set;

/** Which pages' scripts may read answers: everybody's the public documents, single-page clients' the tokens. */
record Cors(Set<String> clientOrigins) {

    void allowEverybody(Exchange exchange) {
        exchange.responseHeader("Access-Control-Allow-Origin", "*");
    }

    void allowClients(Exchange exchange) {
        exchange.responseHeader("Vary", "Origin");
        exchange.requestHeader("Origin")
                .filter(clientOrigins::contains)
                .ifPresent(origin -> exchange.responseHeader("Access-Control-Allow-Origin", origin));
    }

    /** Answers a preflight request; which origins it is good for was said by one of the others. */
    void preflight(Exchange exchange, String methods) throws IOException {
        exchange.responseHeader("Access-Control-Allow-Methods", methods);
        exchange.requestHeader("Access-Control-Request-Headers")
                .filter(names -> names.matches("[A-Za-z0-9_, -]{1,500}"))
                .ifPresent(names -> exchange.responseHeader("Access-Control-Allow-Headers", names));
        exchange.responseHeader("Access-Control-Max-Age", "600");
        exchange.sendEmpty(204);
    }
}
