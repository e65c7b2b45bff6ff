package dev.throughline.browser;

import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import dev.throughline.e2e.SignIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program on a person's machine that uses the tools over MCP, and has no page of its own to ask them anything. */
final class DesktopClient {
    private static final Pattern LINK = Pattern.compile("Open (http\\S+/#/approvals/[0-9a-f-]{36}) to decide");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String token;

    DesktopClient(Person person) {
        this.token = new SignIn(Running.stack().ports()).desktopToken(person, "Orders.Read", "Orders.Write");
    }

    /** What calling a tool answers. */
    String call(String tool, String arguments) {
        HttpRequest request = HttpRequest.newBuilder(Running.stack().web().resolve("/api/v1/mcp"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25")
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
                        + "\"params\":{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}}"))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where the person is sent to decide on a call. */
    URI asksToApprove(String tool, String arguments) {
        String answer = call(tool, arguments);
        Matcher link = LINK.matcher(answer);
        if (!link.find()) {
            throw new AssertionError("No link to approve at in " + answer);
        }
        return URI.create(link.group(1));
    }
}
