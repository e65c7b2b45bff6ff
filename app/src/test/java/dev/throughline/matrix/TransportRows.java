package dev.throughline.matrix;

import static dev.throughline.matrix.Outcome.letIn;
import static dev.throughline.matrix.Outcome.ofTheChannel;
import static dev.throughline.matrix.Outcome.refused;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** T223 to T254: where in a request the token is, and how it is put there. */
final class TransportRows extends Rows {
    private static final Outcome MISSING = refused("missing");
    private static final Outcome MALFORMED = refused("malformed_header");
    private static final Outcome AMBIGUOUS = refused("ambiguous");
    private static final Set<Door> WITH_BODY = EnumSet.complementOf(EnumSet.of(Door.LIST, Door.READ, Door.DELETE));

    TransportRows() {
        schemes();
        severalHeaders();
        oddHeaders();
        lengths();
        elsewhere();
        identities();
    }

    private void schemes() {
        authorization("T223", "the scheme bearer", letIn(), good -> "bearer " + good.token());
        authorization("T223", "the scheme BEARER", letIn(), good -> "BEARER " + good.token());
        authorization("T224", "two spaces", MALFORMED, good -> "Bearer  " + good.token());
        authorization("T225", "a tab for the space", MALFORMED, good -> "Bearer\t" + good.token());
        authorization("T226", "no scheme", MALFORMED, Good::token);
        authorization("T227", "the scheme Bearerx", MISSING, good -> "Bearerx " + good.token());
        authorization("T228", "a word behind the token", MALFORMED, good -> "Bearer " + good.token() + " x");
        authorization("T229", "quotes", MALFORMED, good -> "Bearer \"" + good.token() + "\"");
        authorization("T230", "a space and a tab at the end", letIn(), good -> "Bearer " + good.token() + " \t");
        for (String scheme : List.of("Token", "Basic", "DPoP", "Negotiate")) {
            authorization("T231", "the scheme " + scheme, MISSING, good -> scheme + " " + good.token());
        }
    }

    private void severalHeaders() {
        headers("T232", "a good header, then a bad one", AMBIGUOUS, good -> List.of(bearer(good), "Bearer x.y.z"));
        headers("T233", "a bad header, then a good one", AMBIGUOUS, good -> List.of("Bearer x.y.z", bearer(good)));
        headers("T234", "the same header twice", AMBIGUOUS, good -> List.of(bearer(good), bearer(good)));
        headers(
                "T235",
                "a good header, then one of another scheme",
                AMBIGUOUS,
                good -> List.of(bearer(good), "Basic eA=="));
        authorization("T236", "two in one header", MALFORMED, good -> bearer(good) + ", " + bearer(good));
        authorization(
                "T236", "two in one header without a space", MALFORMED, good -> bearer(good) + "," + bearer(good));
    }

    private void oddHeaders() {
        // The server makes one space of the fold, which RFC 9112 section 5.2 lets it do; nothing else is to be seen.
        authorization("T237", "a line that is folded for the space", letIn(), good -> "Bearer\r\n " + good.token());
        authorization(
                "T237", "a line that is folded behind the space", MALFORMED, good -> "Bearer \r\n " + good.token());
        authorization(
                "T237",
                "a line that is folded within the token",
                MALFORMED,
                good -> "Bearer " + good.token().substring(0, 20) + "\r\n "
                        + good.token().substring(20));
        authorization("T238", "a NUL at the end", MALFORMED, good -> bearer(good) + "\0");
        authorization("T239", "a DEL at the end", MALFORMED, good -> bearer(good) + "\u007f");
        authorization("T240", "a letter of Latin-1 at the end", MALFORMED, good -> bearer(good) + "\u00e9");
    }

    private void lengths() {
        draft("T241", "a token of 8 KiB", letIn(), good -> good.draft().with("x", "x".repeat(5_300)));
        draft(
                "T242",
                "a token of more than 16 KiB",
                MALFORMED,
                good -> good.draft().with("x", "x".repeat(12_500)));
        draft("T243", "a token of 40 KiB", ofTheChannel(), good -> good.draft().with("x", "x".repeat(30_000)));
        authorization("T244", "a header of 1 MiB", ofTheChannel(), good -> "Bearer " + "x".repeat(1024 * 1024));
        present("T245", "1,000 headers", ofTheChannel(), Door.ALL, good -> {
            List<String> lines = new ArrayList<>(List.of("Authorization: " + bearer(good)));
            IntStream.range(0, 1_000).forEach(i -> lines.add("X-" + i + ": x"));
            return new Presentation(lines, "", "");
        });
    }

    private void elsewhere() {
        present(
                "T246",
                "the query alone",
                MISSING,
                Door.ALL,
                good -> Presentation.of().withQuery("access_token=" + good.token()));
        present(
                "T247",
                "the query as well",
                refused("token_in_query"),
                Door.ALL,
                good -> Presentation.bearing(good.token()).withQuery("access_token=" + good.token()));
        present(
                "T247",
                "the query as well, its name encoded",
                refused("token_in_query"),
                Door.ALL,
                good -> Presentation.bearing(good.token()).withQuery("access%5Ftoken=x"));
        present(
                "T248",
                "a form's field",
                MISSING,
                WITH_BODY,
                good -> Presentation.of().withBody("access_token=" + good.token()));
        present(
                "T249",
                "a member of the JSON body",
                MISSING,
                WITH_BODY,
                good -> Presentation.of().withBody("{\"message\":\"help\",\"access_token\":\"" + good.token() + "\"}"));
        for (String cookie : List.of("Bearer", "Authorization", "access_token", "__Host-session")) {
            header("T250", "the cookie " + cookie, good -> "Cookie: " + cookie + "=" + good.token());
        }
        header(
                "T251",
                "the server's own cookies",
                good -> "Cookie: LtpaToken2=" + good.token() + "; JWT=" + good.token() + "; JSESSIONID=0000x:1");
        for (String name : List.of(
                "X-MS-TOKEN-AAD-ACCESS-TOKEN",
                "X-Authorization",
                "Proxy-Authorization",
                "X-Forwarded-Access-Token",
                "X-Original-Authorization",
                "DPoP")) {
            header("T252", "the header " + name, good -> name + ": Bearer " + good.token());
        }
    }

    private void identities() {
        header(
                "T253",
                "who App Service says it is",
                good -> "X-MS-CLIENT-PRINCIPAL: "
                        + Base64.getEncoder()
                                .encodeToString(("{\"userId\":\"" + good.person() + "\"}")
                                        .getBytes(StandardCharsets.US_ASCII)));
        header("T253", "the id that App Service says", good -> "X-MS-CLIENT-PRINCIPAL-ID: " + good.person());
        header("T253", "the name that App Service says", good -> "X-MS-CLIENT-PRINCIPAL-NAME: ada@contoso.example");
        for (String name : List.of(
                "X-User",
                "X-Authenticated-Userid",
                "X-Forwarded-User",
                "X-Remote-User",
                "Remote-User",
                "X-Forwarded-Client-Cert")) {
            header("T254", "the header " + name, good -> name + ": " + good.person());
        }
    }

    private void headers(String id, String words, Outcome expected, Function<Good, List<String>> values) {
        present(
                id,
                words,
                expected,
                Door.ALL,
                good -> new Presentation(
                        values.apply(good).stream()
                                .map(value -> "Authorization: " + value)
                                .toList(),
                        "",
                        ""));
    }

    private void header(String id, String words, Function<Good, String> line) {
        present(id, words, MISSING, Door.ALL, good -> Presentation.of(line.apply(good)));
    }

    private static String bearer(Good good) {
        return "Bearer " + good.token();
    }
}
