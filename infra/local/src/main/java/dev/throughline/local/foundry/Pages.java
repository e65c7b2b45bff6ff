package dev.throughline.local.foundry;

import dev.throughline.local.responses.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The few pages that the stand-in shows in a browser: static texts in one frame, without script. */
final class Pages {

    /**
     * What a page says.
     *
     * @param mark a sign for the eye, which the heading says in words
     * @param heading the outcome
     * @param text what it means for the reader, as HTML
     */
    record Page(String mark, String heading, String text) {}

    static final Page DONE = new Page(
            "&#10003;",
            "The agent may now act for you",
            "<p><strong>You can close this window and go back to the chat.</strong></p>"
                    + "<p>The agent can use what you have just agreed to, as you, and never more than you may do"
                    + " yourself.</p>");

    static final Page DECLINED = new Page(
            "&#8211;",
            "You have declined",
            "<p><strong>You can close this window and go back to the chat.</strong></p>"
                    + "<p>Nothing was stored. The agent cannot use the order desk for you; it will ask again when you"
                    + " next want something from it.</p>");

    static final Page SOMEBODY_ELSE = new Page(
            "!",
            "This was somebody else's question",
            "<p>The person who has just agreed is not the person whose chat asked, so nothing was stored.</p>"
                    + "<p>Go back to the chat and ask again: you will get a new link. Sign in there as the person who"
                    + " chats.</p>");

    static final Page LINK_IS_SPENT = new Page(
            "!",
            "This link is no longer good",
            "<p>It was used already, or it is older than ten minutes.</p>"
                    + "<p>Go back to the chat and ask again: you will get a new link.</p>");

    static final Page REFUSED = new Page(
            "!",
            "The sign-in did not work",
            "<p>The identity provider has not issued a token, so nothing was stored.</p>"
                    + "<p>Go back to the chat and ask again.</p>");

    static final Page ISSUER_IS_AWAY = new Page(
            "!",
            "The identity provider does not answer",
            "<p>Nothing was stored. Try again in a moment, from the chat.</p>");

    static final Page HOME = new Page(
            "&#9678;",
            "Foundry Agent Service, local stand-in",
            "<p>It answers at <code>/api/projects/orders</code> as Foundry's Responses API does, for callers with a"
                    + " token of the local Entra stand-in.</p>"
                    + "<h2>What it imitates</h2><ul>"
                    + "<li>Responses, as JSON and as an event stream, with <code>agent_reference</code> or at the"
                    + " agent's own endpoint</li>"
                    + "<li>Conversations, which belong to the person who made them</li>"
                    + "<li>Prompt agents with MCP tools and approvals, over connections of three kinds: OAuth2 (consent"
                    + " link, code exchange, refresh, one token for each person), the user's own token for Foundry, and"
                    + " the agent's own identity</li>"
                    + "<li>A hosted agent, which gets no token and asks its client to call functions</li>"
                    + "<li>Foundry's refusals, word for word where they are known</li></ul>"
                    + "<h2>What it does not</h2><ul>"
                    + "<li>A language model: a fixed set of rules reads the sentences (guided mode), unless"
                    + " <code>LOCAL_MODEL_URL</code> and <code>LOCAL_MODEL</code> name one</li>"
                    + "<li>Direct model calls, files, vector stores, background runs, token counts, content filters</li>"
                    + "<li>Making or changing agents and connections: they are fixed</li>"
                    + "<li>Roles: everybody of the local tenant may use the project, unless a test says otherwise</li>"
                    + "</ul>");

    private static final byte[] STYLE = resource("page.css");

    private Pages() {}

    static void show(Call call, int status, Page page) throws IOException {
        call.sendPage(status, html(page));
    }

    static void style(Call call) throws IOException {
        call.sendStyle(STYLE);
    }

    private static String html(Page page) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%2$s</title>
                <link rel="stylesheet" href="/style.css">
                </head>
                <body>
                <main>
                <p class="mark" aria-hidden="true">%1$s</p>
                <h1>%2$s</h1>
                %3$s
                </main>
                <footer>Foundry's connection broker, played by a local stand-in. Nothing here leaves this machine.</footer>
                </body>
                </html>
                """.formatted(page.mark(), page.heading(), page.text());
    }

    private static byte[] resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
