package dev.throughline.matrix;

import static dev.throughline.matrix.Outcome.letIn;
import static dev.throughline.matrix.Outcome.refused;

import java.util.List;
import java.util.Map;

/**
 * T161 to T186: from when until when. The server's clock is the real one, so that a case keeps some seconds away from
 * the limit where a moment more would change the answer; the limits to the second are tried in process.
 */
final class TimeRows extends Rows {
    private static final Outcome EXPIRED = refused("expired");
    private static final Outcome EARLY = refused("not_yet_valid");
    private static final Outcome LONG = refused("lifetime_too_long");
    private static final Outcome CLAIMS = refused("claims_invalid");
    private static final long DAY = 24 * 3600;

    TimeRows() {
        limits();
        for (String claim : List.of("exp", "iat")) {
            moments(claim);
        }
        claim("T174", "exp", Map.of("at", 1), CLAIMS);
        claim("T174", "nbf", "soon", CLAIMS);
        claim("T174", "nbf", null, CLAIMS);
        claim("T174", "nbf", -5, CLAIMS);
        lives();
    }

    private void limits() {
        at("T161", "ended 31 seconds ago", "exp", -31, EXPIRED);
        draft(
                "T162",
                "ended within the tolerance",
                letIn(),
                good -> good.draft()
                        .with("iat", good.now() - 600)
                        .with("nbf", good.now() - 600)
                        .with("exp", good.now() - 20));
        draft(
                "T163",
                "ended an hour ago",
                EXPIRED,
                good -> good.draft()
                        .with("iat", good.now() - 7200)
                        .with("nbf", good.now() - 7200)
                        .with("exp", good.now() - 3600));
        at("T164", "begins in a minute", "nbf", 60, EARLY);
        at("T165", "begins within the tolerance", "nbf", 20, letIn());
        at("T166", "issued in a minute", "iat", 60, EARLY);
        at("T166", "issued within the tolerance", "iat", 20, letIn());
        draft(
                "T167",
                "ends when it was issued",
                LONG,
                good -> good.draft().with("iat", good.now() + 10).with("exp", good.now() + 10));
        draft(
                "T168",
                "ends before it was issued",
                LONG,
                good -> good.draft().with("iat", good.now() + 20).with("exp", good.now() + 5));
    }

    private void moments(String claim) {
        without(claim.equals("exp") ? "T169" : "T184", claim, CLAIMS);
        claim("T170", claim, null, CLAIMS);
        draft(
                "T171",
                claim + " is a text",
                CLAIMS,
                good -> good.draft()
                        .with(claim, String.valueOf(good.draft().claims().get(claim))));
        claim("T172", claim, true, CLAIMS);
        draft(
                "T173",
                claim + " is in a list",
                CLAIMS,
                good -> good.draft().with(claim, List.of(good.draft().claims().get(claim))));
        claim("T175", claim, -1, CLAIMS);
        claim("T176", claim, 0, CLAIMS);
        claim("T177", claim, -0.5, CLAIMS);
        claim("T178", claim, 1e20, CLAIMS);
        claim("T179", claim, Long.MAX_VALUE, CLAIMS);
        number("T180", claim, "9".repeat(30), "30 digits");
        number("T180", claim, "9".repeat(2000), "2,000 digits");
        number("T181", claim, "1e400", "1e400");
        number("T181", claim, "1e-400", "1e-400");
        number("T182", claim, "NaN", "NaN");
    }

    private void lives() {
        at("T183", "a life of more than a day", "exp", DAY + 60, LONG);
        at("T185", "issued ten years ago", "iat", -3650 * DAY, LONG);
        without("T186", "nbf", letIn());
        draft("T186", "exp with a fraction", letIn(), good -> good.draft().with("exp", good.now() + 600.5));
    }

    private void at(String id, String words, String claim, long seconds, Outcome expected) {
        draft(id, words, expected, good -> good.draft().with(claim, good.now() + seconds));
    }

    private void number(String id, String claim, String digits, String shown) {
        edited(
                id,
                claim + " is " + shown,
                CLAIMS,
                text -> text.replaceFirst("\"" + claim + "\":[0-9]+", "\"" + claim + "\":" + digits));
    }
}
