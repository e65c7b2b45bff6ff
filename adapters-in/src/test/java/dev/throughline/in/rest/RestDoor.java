package dev.throughline.in.rest;

import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.CurrentCaller;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** The REST resource as a whole but for the rendering of what was permitted, for tests that compare it with others. */
public final class RestDoor {
    private static final UriInfo URI = proxy(UriInfo.class, Map.of("getQueryParameters", new MultivaluedHashMap<>()));
    private static final HttpHeaders HEADERS = proxy(HttpHeaders.class, Map.of("getHeaderString", "application/json"));

    private final OrdersResource resource;

    public RestDoor(CurrentCaller current, InMemoryOrders orders, Challenges challenges) {
        RuntimeDelegate.setInstance(new NoRendering());
        this.resource = new OrdersResource(
                current,
                Desk.over(orders),
                Desk.lists(),
                new Refusals(challenges, new Told().events(Clock.systemUTC()), current),
                Desk.links());
    }

    public String list() {
        return outcome(() -> resource.list(URI));
    }

    public String find(String id) {
        return outcome(() -> resource.find(id));
    }

    public String place(String body) {
        return outcome(() -> resource.place(HEADERS, bytes(body)));
    }

    public String amend(String id, String body) {
        return outcome(() -> resource.amend(id, HEADERS, bytes(body)));
    }

    public String delete(String id) {
        return outcome(() -> resource.delete(id, HEADERS));
    }

    private interface Call {
        Object run() throws IOException;
    }

    private static String outcome(Call call) {
        try {
            throw new IllegalStateException("An answer without rendering: " + call.run());
        } catch (NoRendering.Reached permitted) {
            return "permit";
        } catch (ProblemException refused) {
            String reason = refused.problem().reason();
            String challenge = refused.headers().getOrDefault("WWW-Authenticate", "");
            return refused.problem().status() == 403 && !challenge.isEmpty() ? reason + " " + challenge : reason;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream bytes(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) -> answers.get(called.getName())));
    }
}
