package dev.throughline.matrix;

import java.util.List;

/**
 * The numbers of the matrix that no request to a running server can show, each with the reason and with what shows it
 * instead, if anything does.
 *
 * @param id its number in the matrix
 * @param words what it is about
 * @param reason why it is not tried over HTTP
 * @param instead the test that shows it in process, or nothing
 */
record NotOverHttp(String id, String words, String reason, String instead) {
    static final List<NotOverHttp> ALL = List.of(
            new NotOverHttp(
                    "T187",
                    "a clock that jumps by ten minutes",
                    "a running server has the machine's clock, and no switch to change it",
                    "`SigningKeysTest`"),
            new NotOverHttp(
                    "T191",
                    "the id of a person who was deleted",
                    "no directory is asked at a request: such a token is good until it ends, as Entra's documents say of"
                            + " any access token",
                    "nothing"),
            new NotOverHttp(
                    "T221",
                    "an authentication context that an action demands",
                    "no action demands one, so that the claim changes nothing",
                    "nothing"),
            new NotOverHttp(
                    "T222",
                    "a person's session that was revoked",
                    "Entra tells APIs of others nothing of it (continuous access evaluation is for its own services);"
                            + " the token is good until it ends",
                    "nothing"),
            new NotOverHttp(
                    "T260",
                    "an outage of more than a day",
                    "it would take a day; the clock cannot be changed",
                    "`SigningKeysTest`, `RememberedProofsTest`"),
            new NotOverHttp(
                    "T267",
                    "the whole matrix without and with the memory of proofs",
                    "it would double the time; the two differ in one class only",
                    "`TokenMatrixTest`"));

    String line() {
        return "| " + String.join(" | ", id, words, reason, instead) + " |";
    }
}
