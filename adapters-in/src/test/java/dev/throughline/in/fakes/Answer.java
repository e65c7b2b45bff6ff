package dev.throughline.in.fakes;

import dev.throughline.in.http.Json;
import dev.throughline.in.http.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a REST resource answers, to the byte.
 *
 * @param status the status
 * @param headers the headers, by names of any case
 * @param body the JSON; empty where there is none
 */
public record Answer(int status, Map<String, String> headers, String body) {

    /** What a resource's method does. */
    public interface Call {
        Response run() throws IOException;
    }

    /** What the runtime would make of a method's answer or problem; all are of the same correlation id. */
    public static Answer of(Call call) {
        RuntimeDelegate.setInstance(new Rendering());
        try {
            return of(call.run());
        } catch (ProblemException e) {
            Response.ResponseBuilder response = e.problem()
                    .response(Exchange.of("POST", "/api/v1", new byte[0])
                            .with("X-Correlation-ID", "corr-1")
                            .request());
            e.headers().forEach(response::header);
            return of(response.build());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The headers of a request, of which our resources read the body's type alone. */
    public static HttpHeaders sending(String contentType) {
        return proxy(HttpHeaders.class, Map.of("getHeaderString", contentType));
    }

    /** An address with this query; a name may come twice. */
    public static UriInfo asking(String... namesAndValues) {
        MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return proxy(UriInfo.class, Map.of("getQueryParameters", query));
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    /** The reason of a problem. */
    public String reason() {
        return json().get("reason").stringValue();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    private static Answer of(Response response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.getHeaders().forEach((name, values) -> headers.put(name, String.valueOf(values.get(0))));
        return new Answer(response.getStatus(), headers, response.hasEntity() ? Json.text(response.getEntity()) : "");
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) -> answers.get(called.getName())));
    }
}
