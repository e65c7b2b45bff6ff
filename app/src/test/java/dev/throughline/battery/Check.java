package dev.throughline.battery;

import java.util.Optional;
import java.util.function.Function;

/**
 * One check.
 *
 * @param id as proposed in the conformance suite's issues, where it is
 * @param level how strongly its source asks for it
 * @param source where that is written
 * @param sent what is sent, in a few words: the change, where there is a control
 * @param expected what a server must answer
 * @param body does it
 */
record Check(String id, Level level, String source, String sent, String expected, Function<Client, Verdict> body) {

    /** The words of RFC 2119. */
    enum Level {
        MUST,
        SHOULD
    }

    Check at(Level other) {
        return new Check(id, other, source, sent, expected, body);
    }

    Check expecting(String other) {
        return new Check(id, level, source, sent, other, body);
    }

    Verdict run(Client client) {
        try {
            return body.apply(client);
        } catch (java.io.UncheckedIOException e) {
            return Verdict.of(false, "no answer");
        }
    }

    /** Does something with a token, if the issuer has one for the purpose. */
    static Verdict with(Client client, Issuer.Purpose purpose, Function<Token, Verdict> then) {
        Optional<Token> token = client.token(purpose);
        return token.map(then).orElseGet(() -> Verdict.notApplicable("the issuer has no such token: " + purpose));
    }

    /**
     * Sends a request that must be accepted, then its change.
     *
     * @param passes judges the answer to the change
     */
    static Verdict afterControl(Request control, Request change, Function<Answer, Boolean> passes) {
        Answer accepted = control.send();
        if (!accepted.accepted()) {
            return Verdict.noControl(accepted);
        }
        Answer answer = change.send();
        return Verdict.of(passes.apply(answer), answer);
    }
}
