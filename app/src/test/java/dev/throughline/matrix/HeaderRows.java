package dev.throughline.matrix;

import static dev.throughline.matrix.Outcome.letIn;
import static dev.throughline.matrix.Outcome.refused;

import dev.throughline.local.entra.TokenDraft;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** T046 to T101: what a token says of its key and of itself in its header. */
final class HeaderRows extends Rows {
    private static final Outcome UNKNOWN = refused("key_unknown");
    private static final Outcome MEMBER = refused("header_invalid");
    private static final Outcome SPELLING = refused("not_compact");
    private static final Outcome CLAIMS = refused("claims_invalid");
    private static final Outcome TYPE = refused("type_forbidden");

    HeaderRows() {
        draft(
                "T046",
                "the id of the key, signed by a stranger",
                refused("signature_invalid"),
                good -> good.draft().signedBy(Strangers.KEY.getPrivate()));
        keyIds();
        keysOfItsOwn();
        critical();
        nested();
        types();
    }

    private void keyIds() {
        header("T047", "an unknown key", "kid", "unknown", UNKNOWN);
        header("T048", "a key id with a path", "kid", "../../dev/null", UNKNOWN);
        header("T049", "a key id with SQL", "kid", "x' union select 'secret", UNKNOWN);
        header("T050", "a key id with a command", "kid", "x; cat /etc/passwd | `id`", UNKNOWN);
        draft(
                "T051",
                "a key id that is an address",
                UNKNOWN,
                good -> good.draft().header("kid", good.canary()));
        header("T052", "a key id with a line's end", "kid", "x\r\nauthn_reject reason=none", UNKNOWN);
        header("T053", "a key id of 10,000 characters", "kid", "k".repeat(10_000), UNKNOWN);
        draft(
                "T054",
                "the key's id in other letters",
                UNKNOWN,
                good -> good.draft().header("kid", swapped(good)));
        header("T055", "a key id that is a number", "kid", 1, UNKNOWN);
        draft(
                "T056",
                "a list with the key's id",
                UNKNOWN,
                good -> good.draft().header("kid", List.of(good.publicKey().get("kid"))));
        header("T057", "a key id of null", "kid", null, UNKNOWN);
        header("T057", "an empty key id", "kid", "", UNKNOWN);
        draft(
                "T058",
                "no key id, where there is but one key",
                UNKNOWN,
                good -> good.draft().withoutHeader("kid"));
    }

    private void keysOfItsOwn() {
        draft(
                "T059",
                "a key of its own and no id",
                MEMBER,
                good -> strangers(good.draft().withoutHeader("kid").header("jwk", Strangers.published("own"))));
        draft(
                "T060",
                "a key of its own under our key's id",
                MEMBER,
                good -> strangers(good.draft().header("jwk", Strangers.published((String)
                        good.publicKey().get("kid")))));
        draft(
                "T061",
                "the address of a stranger's keys",
                MEMBER,
                good -> strangers(good.draft().header("jku", good.canary())));
        draft(
                "T062",
                "the address of keys under the issuer's name",
                MEMBER,
                good -> strangers(good.draft().header("jku", good.issuer() + "/keys")));
        draft(
                "T063",
                "the address of a certificate",
                MEMBER,
                good -> strangers(good.draft().header("x5u", good.canary())));
        draft(
                "T064",
                "a chain of certificates of its own",
                MEMBER,
                good -> strangers(good.draft().header("x5c", List.of(Strangers.CERTIFICATE))));
        header("T065", "a certificate's SHA-256", "x5t#S256", "AAAA", MEMBER);
        header("T090", "a certificate's fingerprint, as Entra adds it", "x5t", "AAAA", letIn());
    }

    private void critical() {
        draft(
                "T075",
                "something critical that nobody knows",
                MEMBER,
                good -> good.draft().header("crit", List.of("x")).header("x", 1));
        header("T076", "nothing critical", "crit", List.of(), MEMBER);
        header("T077", "a critical thing that is no list", "crit", "exp", MEMBER);
        header("T078", "something critical that is not there", "crit", List.of("exp"), MEMBER);
        header("T079", "something critical twice", "crit", List.of("b64", "b64"), MEMBER);
        draft(
                "T080",
                "claims that are said not to be encoded",
                MEMBER,
                good -> good.draft().header("b64", false).header("crit", List.of("b64")));
        header("T081", "claims that are said to be encoded", "b64", true, MEMBER);
        token(
                "T082",
                "claims that are left out",
                SPELLING,
                good -> good.parts().get(0) + ".." + good.parts().get(2));
        authorization(
                "T082",
                "claims as plain JSON",
                refused("malformed_header"),
                good -> "Bearer " + good.parts().get(0) + ".{\"a\":1}."
                        + good.parts().get(2));
        header("T083", "compressed claims announced", "zip", "DEF", MEMBER);
    }

    private void nested() {
        header("T084", "a token in a token announced", "cty", "JWT", MEMBER);
        draft(
                "T084",
                "a signed token for claims",
                CLAIMS,
                good -> good.draft().payloadBytes(bytes -> good.token().getBytes(StandardCharsets.US_ASCII)));
        token(
                "T085",
                "a good token encrypted to our published key",
                SPELLING,
                good -> Encrypted.toKey(good.publicKey(), good.token()));
        token("T085", "a good token encrypted by a known secret", SPELLING, good -> Encrypted.bySecret(good.token()));
        token(
                "T086",
                "good claims encrypted to our published key",
                SPELLING,
                good -> Encrypted.toKey(
                        good.publicKey(), PublicKeys.json(good.draft().claims())));
        token(
                "T087",
                "an encrypted token of two thousand million rounds",
                SPELLING,
                good -> encoded(
                                "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2s\":\"AAAA\",\"p2c\":2147483647}")
                        + ".AA.AA.AA.AA");
        token(
                "T088",
                "an encrypted token that unpacks to much",
                SPELLING,
                good -> Encrypted.packed("0".repeat(5_000_000)));
        authorization("T089", "a token as flattened JSON", refused("malformed_header"), good -> {
            List<String> parts = good.parts();
            return "Bearer {\"protected\":\"" + parts.get(0) + "\",\"payload\":\"" + parts.get(1)
                    + "\",\"signature\":\"" + parts.get(2) + "\"}";
        });
        authorization("T089", "a token as general JSON", refused("malformed_header"), good -> {
            List<String> parts = good.parts();
            return "Bearer {\"payload\":\"" + parts.get(1) + "\",\"signatures\":[{\"protected\":\"" + parts.get(0)
                    + "\",\"signature\":\"" + parts.get(2) + "\"}]}";
        });
        draft(
                "T091",
                "alg twice",
                MEMBER,
                good -> good.draft().headerText(text -> text.replaceFirst("\\{", "{\"alg\":\"none\",")));
        draft("T092", "a header in a list", MEMBER, good -> good.draft().headerText(text -> "[" + text + "]"));
        draft(
                "T092",
                "something behind the header",
                MEMBER,
                good -> good.draft().headerText(text -> text + "{}"));
        draft("T092", "a header of null", MEMBER, good -> good.draft().headerText(text -> "null"));
    }

    private void types() {
        List<String> forbidden = List.of("logout+jwt", "secevent+jwt", "dpop+jwt", "kb+jwt", "id_token+jwt");
        for (int i = 0; i < forbidden.size(); i++) {
            header("T09" + (i + 3), "typ " + forbidden.get(i), "typ", forbidden.get(i), TYPE);
        }
        header("T098", "typ application/at+jwt", "typ", "application/at+jwt", letIn());
        header("T099", "typ at+jwt", "typ", "at+jwt", letIn());
        header("T100", "typ in small letters", "typ", "jwt", letIn());
        draft("T100", "no typ", letIn(), good -> good.draft().withoutHeader("typ"));
        header("T101", "typ a number", "typ", 1, TYPE);
        header("T101", "typ null", "typ", null, TYPE);
        header("T101", "typ empty", "typ", "", TYPE);
    }

    private static TokenDraft strangers(TokenDraft draft) {
        return draft.signedBy(Strangers.KEY.getPrivate());
    }

    private static String swapped(Good good) {
        StringBuilder other = new StringBuilder();
        ((String) good.publicKey().get("kid"))
                .chars()
                .forEach(c -> other.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return other.toString();
    }

    private static String encoded(String json) {
        return Good.encode(json.getBytes(StandardCharsets.US_ASCII));
    }
}
