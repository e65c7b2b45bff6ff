package dev.throughline.matrix;

import dev.throughline.local.entra.TokenDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Collects the cases of one part of the matrix. */
class Rows {
    private final List<Row> all = new ArrayList<>();

    /** Every case over HTTP, in the matrix' order. */
    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(new SignatureRows().list());
        rows.addAll(new HeaderRows().list());
        rows.addAll(new IssuerRows().list());
        rows.addAll(new AudienceRows().list());
        rows.addAll(new TimeRows().list());
        rows.addAll(new ClaimRows().list());
        rows.addAll(new TransportRows().list());
        return List.copyOf(rows);
    }

    final List<Row> list() {
        return List.copyOf(all);
    }

    /** A token that is changed before it is signed. */
    final void draft(String id, String words, Outcome expected, Function<Good, TokenDraft> change) {
        draft(id, words, expected, Door.ALL, change);
    }

    final void draft(String id, String words, Outcome expected, Set<Door> doors, Function<Good, TokenDraft> change) {
        present(
                id,
                words,
                expected,
                doors,
                good -> Presentation.bearing(change.apply(good).sign()));
    }

    /** One claim of another value. */
    final void claim(String id, String claim, Object value, Outcome expected) {
        claim(id, claim + " is " + shown(value), claim, value, expected);
    }

    final void claim(String id, String words, String claim, Object value, Outcome expected) {
        draft(id, words, expected, good -> good.draft().with(claim, value));
    }

    final void without(String id, String claim, Outcome expected) {
        draft(id, "no " + claim, expected, good -> good.draft().without(claim));
    }

    /** One member of the header of another value. */
    final void header(String id, String words, String name, Object value, Outcome expected) {
        draft(id, words, expected, good -> good.draft().header(name, value));
    }

    /** The text of the claims edited before it is signed. */
    final void edited(String id, String words, Outcome expected, UnaryOperator<String> edit) {
        draft(id, words, expected, good -> good.draft().payload(edit));
    }

    /** A text in a token's place. */
    final void token(String id, String words, Outcome expected, Function<Good, String> token) {
        present(id, words, expected, Door.ALL, good -> Presentation.bearing(token.apply(good)));
    }

    /** The whole value of the one Authorization header. */
    final void authorization(String id, String words, Outcome expected, Function<Good, String> value) {
        present(id, words, expected, Door.ALL, good -> Presentation.of("Authorization: " + value.apply(good)));
    }

    final void present(
            String id, String words, Outcome expected, Set<Door> doors, Function<Good, Presentation> presented) {
        all.add(new Row(id, words, presented, expected, doors));
    }

    private static String shown(Object value) {
        if (!(value instanceof String text)) {
            return String.valueOf(value);
        }
        return text.length() > 60 ? "a text of " + text.length() : "'" + text + "'";
    }
}
