package dev.throughline.local.entra;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser or a client, over real HTTP: keeps cookies, follows no redirect. */
final class Browser {

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Answer get(String url, String... headers) {
        return send(with(HttpRequest.newBuilder(URI.create(url)), headers).GET());
    }

    Answer post(String url, Map<String, String> form, String... headers) {
        return post(url, encode(form), headers);
    }

    Answer post(String url, String body, String... headers) {
        return send(with(HttpRequest.newBuilder(URI.create(url)), headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer options(String url, String... headers) {
        return send(with(HttpRequest.newBuilder(URI.create(url)), headers)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }

    /** Presses a button of the only form on the page. */
    Answer press(Answer page, String name, String value, String... headers) {
        URI action = page.http().uri().resolve(find(page, "action=\"([^\"]+)\""));
        return post(
                action.toString(),
                Map.of("flow", find(page, "name=\"flow\" value=\"([^\"]+)\""), name, value),
                headers);
    }

    static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String find(Answer page, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page.body());
        if (!matcher.find()) {
            throw new AssertionError("No " + pattern + " on the page: " + page.status() + " " + page.body());
        }
        return matcher.group(1);
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(
                    client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
