package dev.throughline.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request whose method or address is odd, sent with and without a good token.
 *
 * @param id its number in the matrix
 * @param method the method on the wire
 * @param target the address on the wire
 * @param line one more header line; empty for none
 * @param version of HTTP
 * @param control the statuses that it may have with a good token, to show that it arrives at all
 */
record OddRequest(String id, String method, String target, String line, String version, Set<Integer> control) {
    private static final String ORDERS = "/api/v1/orders";
    private static final Set<Integer> SERVED = Set.of(200);
    private static final Set<Integer> SERVED_OR_NOT = Set.of(200, 400, 401, 403, 404, 405);

    static List<OddRequest> all() {
        List<OddRequest> all = new ArrayList<>();
        all.add(new OddRequest("T255", "GET", ORDERS, "", "HTTP/1.0", SERVED));
        all.add(new OddRequest("T255", "HEAD", ORDERS, "", "HTTP/1.1", SERVED));
        all.add(new OddRequest("T255", "OPTIONS", ORDERS, "", "HTTP/1.1", Set.of(200, 204, 403, 405)));
        all.add(new OddRequest("T255", "GET", ORDERS, "X-HTTP-Method-Override: DELETE", "HTTP/1.1", SERVED));
        all.add(new OddRequest("T255", "GET", ORDERS + "?_method=DELETE", "", "HTTP/1.1", SERVED_OR_NOT));
        all.add(new OddRequest("T255", "TRACE", ORDERS, "", "HTTP/1.1", Set.of(400, 403, 404, 405, 501)));
        all.add(new OddRequest("T255", "PROPFIND", ORDERS, "", "HTTP/1.1", Set.of(400, 403, 404, 405, 501)));
        for (String target : List.of(
                "//api/v1/orders",
                ORDERS + ";x=y",
                "/x/%2e%2e/api/v1/orders",
                ORDERS + "/",
                "/api/v1/ORDERS",
                "/API/v1/orders",
                "/api/v1/%6frders",
                "/%61pi/v1/orders",
                "/./api/v1/orders",
                "/api/v1/config/../orders",
                "/api/v1/config;/../orders",
                ORDERS + "/ORD-001",
                ORDERS + "%00")) {
            all.add(new OddRequest("T256", "GET", target, "", "HTTP/1.1", SERVED_OR_NOT));
        }
        return List.copyOf(all);
    }

    Answer sentTo(Client client, String authorization) {
        String more = line.isEmpty() ? "" : line + "\r\n";
        return client.write(
                method + " " + target + " " + version + "\r\nHost: localhost:" + client.port() + "\r\n" + more
                        + authorization + "\r\n",
                "");
    }

    Case shown() {
        String words = "`" + method + " " + target + "`" + (line.isEmpty() ? "" : " with `" + line + "`")
                + (version.equals("HTTP/1.1") ? "" : " in " + version) + " without a token";
        return new Case(id, words, "nothing of an order");
    }

    @Override
    public String toString() {
        return id + " " + method + " " + target + " " + line + " " + version;
    }
}
