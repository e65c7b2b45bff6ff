package dev.throughline.in.security;

import static dev.throughline.in.security.TokenRejection.ALGORITHM_FORBIDDEN;
import static dev.throughline.in.security.TokenRejection.AMBIGUOUS;
import static dev.throughline.in.security.TokenRejection.AUDIENCE_MISMATCH;
import static dev.throughline.in.security.TokenRejection.CLAIMS_INVALID;
import static dev.throughline.in.security.TokenRejection.CLIENT_MISSING;
import static dev.throughline.in.security.TokenRejection.EXPIRED;
import static dev.throughline.in.security.TokenRejection.HEADER_INVALID;
import static dev.throughline.in.security.TokenRejection.ID_TOKEN;
import static dev.throughline.in.security.TokenRejection.ISSUER_MISMATCH;
import static dev.throughline.in.security.TokenRejection.KEY_UNKNOWN;
import static dev.throughline.in.security.TokenRejection.LIFETIME_TOO_LONG;
import static dev.throughline.in.security.TokenRejection.MALFORMED_HEADER;
import static dev.throughline.in.security.TokenRejection.MISSING;
import static dev.throughline.in.security.TokenRejection.NOT_COMPACT;
import static dev.throughline.in.security.TokenRejection.NOT_YET_VALID;
import static dev.throughline.in.security.TokenRejection.SIGNATURE_INVALID;
import static dev.throughline.in.security.TokenRejection.SUBJECT_INVALID;
import static dev.throughline.in.security.TokenRejection.TENANT_MISMATCH;
import static dev.throughline.in.security.TokenRejection.TOKEN_IN_QUERY;
import static dev.throughline.in.security.TokenRejection.TYPE_FORBIDDEN;
import static dev.throughline.in.security.TokenRejection.VERSION_MISMATCH;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The token matrix: presentations that differ from Vic's good one in one thing each, and why the gate refuses them or,
 * where the standards allow the difference, lets them in. Each is signed by a genuine key unless that is its point.
 */
final class TokenMatrix {
    private static final @Nullable TokenRejection LET_IN = null;
    private static final long DAY = 24 * 3600;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final List<TokenCase> cases = new ArrayList<>();
    private final TestGate entra;
    private final TestGate all;
    private final Draft good;
    private final long now;

    private TokenMatrix(TestGate entra, TestGate all) {
        this.entra = entra;
        this.all = all;
        this.good = entra.good();
        this.now = entra.clock.instant().getEpochSecond();
    }

    /**
     * All rows.
     *
     * @param entra a gate for Entra's tokens of version 2.0
     * @param all a gate for those, for Entra's of version 1.0 and for another provider's
     */
    static List<TokenCase> cases(TestGate entra, TestGate all) {
        TokenMatrix matrix = new TokenMatrix(entra, all);
        matrix.algorithms();
        matrix.signatures();
        matrix.spellings();
        matrix.keys();
        matrix.headerMembers();
        matrix.types();
        matrix.issuers();
        matrix.audiences();
        matrix.kinds();
        matrix.times();
        matrix.subjects();
        matrix.payloads();
        matrix.actors();
        matrix.otherDialects();
        matrix.transport();
        return List.copyOf(matrix.cases);
    }

    private void algorithms() {
        add("T002", "alg none, no signature", unsigned("none"), NOT_COMPACT);
        add("T003", "alg None, no signature", unsigned("None"), NOT_COMPACT);
        add("T004", "alg NONE, no signature", unsigned("NONE"), NOT_COMPACT);
        String[] signed = parts(good);
        add("T007", "alg none over a good signature", withHeader(good.header("alg", "none")), ALGORITHM_FORBIDDEN);
        add("T008", "no alg", good.withoutHeader("alg"), ALGORITHM_FORBIDDEN);
        add("T009", "alg null", good.header("alg", null), ALGORITHM_FORBIDDEN);
        add("T010", "alg a list", good.header("alg", List.of("RS256")), ALGORITHM_FORBIDDEN);
        add("T011", "alg empty", good.header("alg", ""), ALGORITHM_FORBIDDEN);
        add("T012", "alg in small letters", good.header("alg", "rs256"), ALGORITHM_FORBIDDEN);
        add("T013", "an empty signature", signed[0] + "." + signed[1] + ".", NOT_COMPACT);
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(RsaKeys.FIRST.publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        add("T019", "HS256 by the public key's PEM", hmac(bytes(pem)), ALGORITHM_FORBIDDEN);
        add(
                "T020",
                "HS256 by the public key's DER",
                hmac(RsaKeys.FIRST.publicKey().getEncoded()),
                ALGORITHM_FORBIDDEN);
        add(
                "T022",
                "HS256 by the published JSON",
                hmac(bytes(RsaKeys.FIRST.published().toString())),
                ALGORITHM_FORBIDDEN);
        for (String secret : List.of("\0", "secret", "password", "your-256-bit-secret", "changeme", "admin")) {
            add("T024", "HS256 by the secret '" + secret.strip() + "'", hmac(bytes(secret)), ALGORITHM_FORBIDDEN);
        }
        add("T025", "RS384 by the right key", byAlgorithm("RS384", "SHA384withRSA"), ALGORITHM_FORBIDDEN);
        add("T026", "RS512 by the right key", byAlgorithm("RS512", "SHA512withRSA"), ALGORITHM_FORBIDDEN);
        add("T027", "PS256 announced", good.header("alg", "PS256"), ALGORITHM_FORBIDDEN);
        add("T028", "ES256 of 64 zeros", ecdsa(new byte[64]), ALGORITHM_FORBIDDEN);
        byte[] small = new byte[64];
        small[63] = 1;
        add("T029", "ES256 with r=0, s=1", ecdsa(small), ALGORITHM_FORBIDDEN);
        Arrays.fill(small, 32, 64, (byte) 0xFF);
        add("T032", "ES256 with a malleated s", ecdsa(small), ALGORITHM_FORBIDDEN);
        add("T033", "EdDSA with the id of an RSA key", good.header("alg", "EdDSA"), ALGORITHM_FORBIDDEN);
        add("T035", "an algorithm that nobody knows", good.header("alg", "XS1"), ALGORITHM_FORBIDDEN);
    }

    private void signatures() {
        String[] signed = parts(good);
        add("T036", "a bit of the signature flipped", withSignature(bytes -> flipped(bytes, 7)), SIGNATURE_INVALID);
        add(
                "T037",
                "a bit of the claims flipped",
                signed[0] + "." + parts(good.with("rh", "0.AXoB"))[1] + "." + signed[2],
                SIGNATURE_INVALID);
        add("T038", "a bit of the header flipped", withHeader(good.header("typ", "jwt")), SIGNATURE_INVALID);
        add(
                "T039",
                "a signature that lacks a byte",
                withSignature(bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
                SIGNATURE_INVALID);
        add(
                "T039",
                "a signature that lacks eight bytes",
                withSignature(bytes -> Arrays.copyOf(bytes, bytes.length - 8)),
                SIGNATURE_INVALID);
        add(
                "T040",
                "a signature with a byte more",
                withSignature(bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
                SIGNATURE_INVALID);
        add("T041", "a signature of zeros", withSignature(bytes -> new byte[bytes.length]), SIGNATURE_INVALID);
        add("T046", "the id of one key, signed by another", good.signedBy(RsaKeys.SECOND), SIGNATURE_INVALID);
        add("T046", "the id of a key, signed by a stranger", good.signedBy(RsaKeys.STRANGER), SIGNATURE_INVALID);
    }

    private void spellings() {
        String token = good.sign();
        String[] part = parts(good);
        add("T014", "two parts", part[0] + "." + part[1], NOT_COMPACT);
        add("T015", "four parts", token + "." + part[2], NOT_COMPACT);
        add("T016", "five parts, as of an encrypted token", token + "." + part[0] + "." + part[1], NOT_COMPACT);
        int last = ALPHABET.indexOf(token.charAt(token.length() - 1));
        for (int bits = 1; bits < 16; bits++) {
            // 256 bytes end in a character of which four bits are read by nobody.
            String other = token.substring(0, token.length() - 1) + ALPHABET.charAt(last ^ bits);
            add("T042", "unused bits " + bits + " of the last character", other, NOT_COMPACT);
        }
        add("T042", "unused bits of the claims", unusedBits(), NOT_COMPACT);
        add("T043", "padding", token + "==", NOT_COMPACT);
        add("T043", "padding behind the header", part[0] + "=." + part[1] + "." + part[2], NOT_COMPACT);
        add("T044", "the other alphabet", token.substring(0, token.length() - 4) + "+/+/", NOT_COMPACT);
        for (String odd : List.of("!", "~")) {
            String sprinkled = token.substring(0, 20) + odd + token.substring(20);
            add("T045", "the character " + odd + " within", sprinkled, NOT_COMPACT);
        }
        for (String odd : List.of(" ", "\r\n", "\n", "\0", "\t", "\u00e9", "\uff0e", "\u200b")) {
            String sprinkled = token.substring(0, 20) + odd + token.substring(20);
            add("T045", "the character " + (int) odd.charAt(0) + " within", sprinkled, MALFORMED_HEADER);
        }
        add("T084", "a signed token within", good.bytes(bytes -> bytes(token)), CLAIMS_INVALID);
        add("T085", "an encrypted token", "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AA.AA.AA.AA", NOT_COMPACT);
        add("T086", "claims encrypted to our key", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AA.AA.AA", NOT_COMPACT);
        add(
                "T087",
                "an encrypted token of two thousand million rounds",
                Draft.encode(bytes("{\"alg\":\"PBES2-HS256+A128KW\",\"p2c\":2147483647}")) + ".AA.AA.AA.AA",
                NOT_COMPACT);
        add(
                "T088",
                "an encrypted token that is compressed",
                Draft.encode(bytes("{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}")) + "..AA.AA.AA",
                NOT_COMPACT);
        String flattened =
                "{\"protected\":\"" + part[0] + "\",\"payload\":\"" + part[1] + "\",\"signature\":\"" + part[2] + "\"}";
        add("T089", "a token as JSON", flattened, MALFORMED_HEADER);
    }

    private void keys() {
        add("T047", "an unknown key", good.header("kid", "k9"), KEY_UNKNOWN);
        add("T048", "a key id with a path", good.header("kid", "../../dev/null"), KEY_UNKNOWN);
        add("T049", "a key id with SQL", good.header("kid", "k1' union select 'x"), KEY_UNKNOWN);
        add("T051", "a key id that is an address", good.header("kid", "https://evil.example/keys"), KEY_UNKNOWN);
        add("T053", "a key id of 10 KB", good.header("kid", "k".repeat(10_000)), KEY_UNKNOWN);
        add("T055", "a key id that is a number", good.header("kid", 1), KEY_UNKNOWN);
        add("T057", "a key id of null", good.header("kid", null), KEY_UNKNOWN);
        add("T057", "no key id", good.withoutHeader("kid"), KEY_UNKNOWN);
        add("T057", "an empty key id", good.header("kid", ""), KEY_UNKNOWN);
        add("T057", "the id of a key in other letters", good.header("kid", "K1"), KEY_UNKNOWN);
        add("T047", "the other key", good.header("kid", "k2").signedBy(RsaKeys.SECOND), LET_IN);
    }

    private void headerMembers() {
        Map<String, Object> stranger = RsaKeys.STRANGER.published();
        add(
                "T059",
                "a key of its own",
                good.withoutHeader("kid").header("jwk", stranger).signedBy(RsaKeys.STRANGER),
                HEADER_INVALID);
        add(
                "T060",
                "a key of its own under our key's id",
                good.header("jwk", stranger).signedBy(RsaKeys.STRANGER),
                HEADER_INVALID);
        Map.of("jku", (Object) "https://evil.example/keys", "x5u", "https://evil.example/cert", "x5c", List.of("MIIB"))
                .forEach((name, value) -> add(
                        "T061-T064",
                        "its key at " + name,
                        good.header(name, value).signedBy(RsaKeys.STRANGER),
                        HEADER_INVALID));
        add(
                "T075",
                "something critical and unknown",
                good.header("crit", List.of("x")).header("x", 1),
                HEADER_INVALID);
        add("T076", "nothing critical", good.header("crit", List.of()), HEADER_INVALID);
        add("T078", "something critical that is not there", good.header("crit", List.of("exp")), HEADER_INVALID);
        add(
                "T080",
                "a payload that is not encoded",
                good.header("b64", false).header("crit", List.of("b64")),
                HEADER_INVALID);
        add("T082", "b64 without crit", good.header("b64", false), HEADER_INVALID);
        add("T083", "compressed claims announced", good.header("zip", "DEF"), HEADER_INVALID);
        add("T084", "a token in a token announced", good.header("cty", "JWT"), HEADER_INVALID);
        add("T090", "a certificate's fingerprint", good.header("x5t", "AAAA"), LET_IN);
        add(
                "T091",
                "alg twice",
                good.headerText(text -> text.replaceFirst("\\{", "{\"alg\":\"none\",")),
                HEADER_INVALID);
        add("T092", "a header in a list", good.headerText(text -> "[" + text + "]"), HEADER_INVALID);
        add("T092", "something behind the header", good.headerText(text -> text + "{}"), HEADER_INVALID);
    }

    private void types() {
        List<String> forbidden = List.of("logout+jwt", "secevent+jwt", "dpop+jwt", "JOSE", "id_token+jwt", "");
        for (int i = 0; i < forbidden.size(); i++) {
            add(
                    "T09" + (i + 3 < 10 ? i + 3 : 9),
                    "typ '" + forbidden.get(i) + "'",
                    good.header("typ", forbidden.get(i)),
                    TYPE_FORBIDDEN);
        }
        add("T098", "typ application/at+jwt", good.header("typ", "application/at+jwt"), LET_IN);
        add("T099", "typ at+jwt", good.header("typ", "at+jwt"), LET_IN);
        add("T100", "typ JWT in small letters", good.header("typ", "jwt"), LET_IN);
        add("T100", "no typ", good.withoutHeader("typ"), LET_IN);
        add("T101", "typ a number", good.header("typ", 1), TYPE_FORBIDDEN);
        add("T101", "typ null", good.header("typ", null), TYPE_FORBIDDEN);
    }

    private void issuers() {
        claim("T102", "iss", "https://evil.example/v2.0", ISSUER_MISMATCH);
        add("T103", "no iss", good.without("iss"), ISSUER_MISMATCH);
        claim("T104", "iss", null, ISSUER_MISMATCH);
        claim("T105", "iss", List.of(TestGate.V2), ISSUER_MISMATCH);
        claim("T107", "iss", "", ISSUER_MISMATCH);
        add("T108", "a genuine token of version 1.0", entra.goodV1(), ISSUER_MISMATCH);
        add("T109", "the issuer of version 1.0 with ver 2.0", all, all.goodV1().with("ver", "2.0"), VERSION_MISMATCH);
        add("T109", "the issuer of version 2.0 with ver 1.0", good.with("ver", "1.0"), VERSION_MISMATCH);
        add("T109", "no ver", good.without("ver"), VERSION_MISMATCH);
        add("T109", "ver a number", good.with("ver", 2.0), VERSION_MISMATCH);
        String foreign = TestGate.V2.replace(TestGate.PREFIX + "01", TestGate.PREFIX + "02");
        add(
                "T111",
                "another tenant's token, signed by the same key",
                good.with("iss", foreign).with("tid", TestGate.PREFIX + "02"),
                ISSUER_MISMATCH);
        claim("T112", "tid", TestGate.PREFIX + "02", TENANT_MISMATCH);
        add("T113", "no tid", good.without("tid"), TENANT_MISMATCH);
        claim("T113", "tid", null, TENANT_MISMATCH);
        claim("T113", "tid", "common", TENANT_MISMATCH);
        claim("T114", "iss", TestGate.V2 + "/", ISSUER_MISMATCH);
        claim("T115", "iss", TestGate.V2 + ".evil.com", ISSUER_MISMATCH);
        claim("T116", "iss", "https://evil.example/" + TestGate.V2, ISSUER_MISMATCH);
        claim("T117", "iss", TestGate.V2.toUpperCase(Locale.ROOT), ISSUER_MISMATCH);
        claim("T119", "iss", TestGate.V2.replace("login", "l\u043egin"), ISSUER_MISMATCH);
        claim("T120", "iss", TestGate.V2.replace("https:", "http:"), ISSUER_MISMATCH);
        claim("T121", "idp", "https://sts.windows.net/" + TestGate.PREFIX + "02/", LET_IN);
    }

    private void audiences() {
        for (Object audience : List.<Object>of(
                "c0ffee00-0000-4000-8000-0000000000ff",
                TestGate.FOUNDRY,
                "00000003-0000-0000-c000-000000000000",
                TestGate.WEB_CHAT,
                "https://localhost/api/v1/mcp")) {
            claim("T122-T126", "aud", audience, AUDIENCE_MISMATCH);
        }
        add("T127", "no aud", good.without("aud"), AUDIENCE_MISMATCH);
        claim("T128", "aud", null, AUDIENCE_MISMATCH);
        claim("T129", "aud", List.of(), AUDIENCE_MISMATCH);
        claim("T131", "aud", 1, AUDIENCE_MISMATCH);
        claim("T132", "aud", "", AUDIENCE_MISMATCH);
        claim("T133", "aud", Map.of("a", TestGate.API), AUDIENCE_MISMATCH);
        claim("T134", "aud", "api://" + TestGate.API + "-evil", AUDIENCE_MISMATCH);
        claim("T135", "aud", TestGate.API + " ", AUDIENCE_MISMATCH);
        claim("T136", "aud", TestGate.API.toUpperCase(Locale.ROOT), AUDIENCE_MISMATCH);
        claim("T138", "aud", "ALL_AUDIENCES", AUDIENCE_MISMATCH);
        claim("T139", "aud", List.of(TestGate.API, TestGate.FOUNDRY), AUDIENCE_MISMATCH);
        claim("T139", "aud", List.of(TestGate.API), AUDIENCE_MISMATCH);
        claim("T137", "aud", "api://" + TestGate.API, LET_IN);
    }

    private void kinds() {
        Draft idToken = good.without("scp")
                .without("roles")
                .without("azp")
                .with("nonce", "n")
                .with("at_hash", "h");
        add("T140", "an ID token", idToken.with("aud", TestGate.WEB_CHAT), AUDIENCE_MISMATCH);
        add("T141", "an ID token for our audience", idToken, ID_TOKEN);
        for (String marker : List.of("nonce", "at_hash", "c_hash", "s_hash")) {
            claim("T141", marker, "x", ID_TOKEN);
        }
        add("T142", "a refresh token", "0.AXoAc0ffee-opaque_refresh", NOT_COMPACT);
        add("T142", "one opaque word", "opaque", NOT_COMPACT);
        add(
                "T144",
                "a proof of possession",
                good.with("htm", "GET").with("htu", "https://localhost/api"),
                TYPE_FORBIDDEN);
        for (String marker : List.of("htm", "htu", "ath", "toe")) {
            claim("T144", marker, "x", TYPE_FORBIDDEN);
        }
        claim("T145", "events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()), TYPE_FORBIDDEN);
        claim("T149", "idtyp", "device", CLAIMS_INVALID);
        claim("T149", "idtyp", 1, CLAIMS_INVALID);
        claim("T149", "idtyp", "user", LET_IN);
        claim("T155", "xms_sub_fct", 11, CLAIMS_INVALID);
        claim("T155", "xms_act_fct", List.of("11"), CLAIMS_INVALID);
        claim("T155", "xms_act_fct", "3 11", LET_IN);
        add("T157", "no azp", good.without("azp"), CLIENT_MISSING);
        claim("T157", "azp", null, CLIENT_MISSING);
        claim("T157", "azp", "", CLIENT_MISSING);
        claim("T157", "azp", " ", CLIENT_MISSING);
        claim("T157", "azp", List.of(TestGate.WEB_CHAT), CLIENT_MISSING);
        add(
                "T157",
                "the client where version 1.0 has it",
                good.without("azp").with("appid", TestGate.WEB_CHAT),
                CLIENT_MISSING);
        claim("T220", "cnf", Map.of("jkt", "x"), CLAIMS_INVALID);
    }

    private void times() {
        claim("T161", "exp", now - 31, EXPIRED);
        claim("T161", "exp", now - 30, EXPIRED);
        add("T162", "ended within the tolerance", good.with("exp", now - 29), LET_IN);
        add("T163", "ended an hour ago", good.with("iat", now - 7200).with("exp", now - 3600), EXPIRED);
        claim("T164", "nbf", now + 31, NOT_YET_VALID);
        claim("T165", "nbf", now + 29, LET_IN);
        claim("T166", "iat", now + 31, NOT_YET_VALID);
        claim("T166", "iat", now + 29, LET_IN);
        add("T167", "ends when it begins", good.with("iat", now + 10).with("exp", now + 10), LIFETIME_TOO_LONG);
        add("T167", "ends before it begins", good.with("iat", now + 20).with("exp", now + 10), LIFETIME_TOO_LONG);
        for (String claim : List.of("exp", "iat")) {
            add("T169", "no " + claim, good.without(claim), CLAIMS_INVALID);
            claim("T170", claim, null, CLAIMS_INVALID);
            claim("T171", claim, String.valueOf(now + 60), CLAIMS_INVALID);
            claim("T172", claim, true, CLAIMS_INVALID);
            claim("T173", claim, List.of(now + 60), CLAIMS_INVALID);
            claim("T175", claim, -1, CLAIMS_INVALID);
            claim("T176", claim, 0, CLAIMS_INVALID);
            claim("T178", claim, 1e20, CLAIMS_INVALID);
            claim("T179", claim, Long.MAX_VALUE, CLAIMS_INVALID);
            number("T180", claim, "9".repeat(19));
            number("T180", claim, "9".repeat(30));
            number("T180", claim, "9".repeat(3000));
            number("T181", claim, "1e400");
            number("T181", claim, "1e-400");
            number("T181", claim, "1e999999999");
            number("T182", claim, "NaN");
        }
        claim("T174", "nbf", "soon", CLAIMS_INVALID);
        claim("T174", "nbf", null, CLAIMS_INVALID);
        claim("T174", "nbf", -5, CLAIMS_INVALID);
        add("T183", "a life of more than a day", good.with("exp", now - 60 + DAY + 1), LIFETIME_TOO_LONG);
        add("T183", "a life of a day", good.with("exp", now - 60 + DAY), LET_IN);
        add("T185", "ten years old", good.with("iat", now - 3650 * DAY), LIFETIME_TOO_LONG);
        add("T186", "no nbf", good.without("nbf"), LET_IN);
        claim("T186", "exp", now + 60.5, LET_IN);
    }

    private void subjects() {
        claim("T188", "sub", null, SUBJECT_INVALID);
        claim("T188", "sub", "", SUBJECT_INVALID);
        claim("T188", "sub", 1, SUBJECT_INVALID);
        add("T188", "no sub", good.without("sub"), SUBJECT_INVALID);
        add("T189", "no oid", good.without("oid"), SUBJECT_INVALID);
        for (Object oid : Arrays.asList(
                null,
                "",
                "vic",
                "' or 1=1",
                "1-1-1-1-1",
                TestGate.VIC + " ",
                "x".repeat(10_000),
                List.of(TestGate.VIC))) {
            claim("T190", "oid", oid, SUBJECT_INVALID);
        }
        claim("T190", "oid", Nobody.USER.toString(), SUBJECT_INVALID);
        claim("T219", "may_act", Map.of("sub", TestGate.WEB_CHAT), CLAIMS_INVALID);
    }

    private void payloads() {
        String ada = "\"" + TestGate.ADA + "\"";
        edited("T204", "oid twice", text -> text.replaceFirst("\\{", "{\"oid\":" + ada + ","));
        edited("T204", "something twice, deep within", text -> text.replaceFirst("\\{", "{\"x\":{\"a\":1,\"a\":2},"));
        edited("T205", "oid twice, once escaped", text -> text.replaceFirst("\\{", "{\"\\\\u006fid\":" + ada + ","));
        for (String name : List.of("__proto__", "constructor", "prototype")) {
            claim("T206", name, Map.of("oid", TestGate.ADA), CLAIMS_INVALID);
        }
        edited("T207", "claims in a list", text -> "[" + text + "]");
        edited("T207", "no claims but null", text -> "null");
        edited("T207", "no claims but a text", text -> "\"claims\"");
        edited("T208", "something behind the claims", text -> text + "x");
        edited("T208", "an object behind the claims", text -> text + "{\"a\":1}");
        edited("T209", "a comment", text -> text.replaceFirst("\\{", "{/**/"));
        edited("T209", "a comma too many", text -> text.substring(0, text.length() - 1) + ",}");
        edited("T210", "a mark before the claims", text -> "\ufeff" + text);
        add(
                "T211",
                "bytes that are no UTF-8",
                good.bytes(bytes -> replaced(bytes, "Vic Viewer", "Vic \u00ff\u00feewer")),
                CLAIMS_INVALID);
        add(
                "T211",
                "an overlong UTF-8",
                good.bytes(bytes -> replaced(bytes, "Vic Viewer", "Vic \u00c0\u00afewer")),
                CLAIMS_INVALID);
        add(
                "T212",
                "nested eight deep",
                good.text(text -> text.replaceFirst("\\{", "{\"x\":" + nested(7) + ",")),
                LET_IN);
        edited("T213", "nested nine deep", text -> text.replaceFirst("\\{", "{\"x\":" + nested(8) + ","));
        edited("T213", "nested 5,000 deep", text -> text.replaceFirst("\\{", "{\"x\":" + nested(5_000) + ","));
        add("T214", "a text of 1 MB", good.with("x", "x".repeat(1_000_000)), MALFORMED_HEADER);
        add("T203", "an unknown claim", good.with("unknown", Map.of("a", List.of(1, 2))), LET_IN);
        add("T192", "roles as a text", good.with("roles", "Admin"), LET_IN);
        add("T199", "scopes as a list", good.with("scp", List.of("Orders.Write")), LET_IN);
    }

    private void actors() {
        Draft other = all.goodOther();
        Map<String, Object> agent = Map.of("sub", "agent-1");
        add("T215", "a token that another provider's agent acts with", all, other.with("act", agent), LET_IN);
        add("T215", "an agent through another", all, other.with("act", Map.of("client_id", "a", "act", agent)), LET_IN);
        add("T216", "an actor without a name", all, other.with("act", Map.of()), CLAIMS_INVALID);
        add("T216", "an actor of another type", all, other.with("act", "agent-1"), CLAIMS_INVALID);
        add("T216", "an actor of null", all, other.with("act", null), CLAIMS_INVALID);
        add("T216", "actors without end", all, other.with("act", chain(9)), CLAIMS_INVALID);
        add(
                "T218",
                "a subject that acts for itself",
                all,
                other.with("act", Map.of("sub", "pairwise-subject-of-vic")),
                CLAIMS_INVALID);
        add(
                "T218",
                "a subject that acts for itself through another",
                good.with("act", Map.of("client_id", "a", "act", Map.of("sub", "pairwise-subject-of-vic"))),
                CLAIMS_INVALID);
    }

    private void otherDialects() {
        add("T108", "version 1.0 where it is configured", all, all.goodV1(), LET_IN);
        add(
                "T108",
                "version 1.0 with the client of version 2.0",
                all,
                all.goodV1().without("appid").with("azp", "x"),
                CLIENT_MISSING);
        add("T123", "a token that is passed through", all, all.goodV1().with("aud", TestGate.FOUNDRY), LET_IN);
        add(
                "T123",
                "version 2.0 for the audience of others",
                all,
                all.good().with("aud", TestGate.FOUNDRY),
                AUDIENCE_MISMATCH);
        add("T102", "another provider where it is configured", all, all.goodOther(), LET_IN);
        add(
                "T102",
                "another provider that says azp",
                all,
                all.goodOther().without("client_id").with("azp", "x"),
                LET_IN);
        add(
                "T112",
                "another provider that claims a tenant",
                all,
                all.goodOther().with("tid", TestGate.PREFIX + "02"),
                TENANT_MISMATCH);
        add("T157", "another provider without a client", all, all.goodOther().without("client_id"), CLIENT_MISSING);
        claim("T157", "azp", Nobody.CLIENT.value(), CLIENT_MISSING);
        add(
                "T157",
                "another provider's client that stands for none",
                all,
                all.goodOther().with("client_id", Nobody.CLIENT.value()),
                CLIENT_MISSING);
        add("T188", "another provider without a subject", all, all.goodOther().without("sub"), SUBJECT_INVALID);
    }

    private void transport() {
        String token = good.sign();
        String bearer = "Bearer " + token;
        present("T001", "no header", List.of(), "", MISSING);
        present("T018", "nothing behind Bearer", List.of("Bearer"), "", MALFORMED_HEADER);
        present("T018", "a space behind Bearer", List.of("Bearer "), "", MALFORMED_HEADER);
        present("T223", "bearer", List.of("bearer " + token), "", LET_IN);
        present("T223", "BEARER", List.of("BEARER " + token), "", LET_IN);
        present("T224", "two spaces", List.of("Bearer  " + token), "", MALFORMED_HEADER);
        present("T225", "a tab for the space", List.of("Bearer\t" + token), "", MALFORMED_HEADER);
        present("T226", "no scheme", List.of(token), "", MALFORMED_HEADER);
        present("T227", "the scheme Bearerx", List.of("Bearerx " + token), "", MISSING);
        present("T228", "something behind the token", List.of(bearer + " x"), "", MALFORMED_HEADER);
        present("T229", "quotes", List.of("Bearer \"" + token + "\""), "", MALFORMED_HEADER);
        present("T230", "spaces at the end", List.of(bearer + "  \t"), "", LET_IN);
        for (String scheme : List.of("Token", "Basic", "DPoP", "Negotiate")) {
            present("T231", "the scheme " + scheme, List.of(scheme + " " + token), "", MISSING);
        }
        present("T232", "a good header and a bad one", List.of(bearer, "Bearer x.y.z"), "", AMBIGUOUS);
        present("T233", "a bad header and a good one", List.of("Bearer x.y.z", bearer), "", AMBIGUOUS);
        present("T234", "the same header twice", List.of(bearer, bearer), "", AMBIGUOUS);
        present("T236", "two in one header", List.of(bearer + ", " + bearer), "", MALFORMED_HEADER);
        present("T237", "a folded header", List.of("Bearer\r\n " + token), "", MALFORMED_HEADER);
        present("T238", "a NUL", List.of(bearer + "\0"), "", MALFORMED_HEADER);
        present("T240", "other letters", List.of(bearer + "\u00e9"), "", MALFORMED_HEADER);
        add("T241", "a token of 8 KB", good.with("x", "x".repeat(5_500)), LET_IN);
        add("T243", "a token of 40 KB", good.with("x", "x".repeat(30_000)), MALFORMED_HEADER);
        present("T244", "a header of 1 MB", List.of("Bearer " + "x".repeat(1_000_000)), "", MALFORMED_HEADER);
        present("T246", "a token in the query alone", List.of(), "access_token=" + token, MISSING);
        present("T247", "a token in the query as well", List.of(bearer), "a=b&access_token=" + token, TOKEN_IN_QUERY);
        present("T247", "the same, encoded", List.of(bearer), "access%5Ftoken=x", TOKEN_IN_QUERY);
        present("T247", "another name in the query", List.of(bearer), "limit=5&my_access_token=x&%zz", LET_IN);
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static Map<String, Object> chain(int length) {
        Map<String, Object> chain = Map.of("sub", "a0");
        for (int i = 1; i < length; i++) {
            chain = Map.of("sub", "a" + i, "act", chain);
        }
        return chain;
    }

    private String unsigned(String algorithm) {
        return good.header("alg", algorithm).signedWith(input -> new byte[0]).sign();
    }

    private String byAlgorithm(String name, String javaName) {
        return good.header("alg", name)
                .signedWith(input -> RsaKeys.FIRST.sign(javaName, input))
                .sign();
    }

    private Draft ecdsa(byte[] signature) {
        return good.header("alg", "ES256").signedWith(input -> signature);
    }

    private Draft hmac(byte[] secret) {
        return good.header("alg", "HS256").signedWith(input -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                return mac.doFinal(input);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The good token behind another header, which nobody signed. */
    private String withHeader(Draft other) {
        String[] signed = parts(good);
        return parts(other)[0] + "." + signed[1] + "." + signed[2];
    }

    private String withSignature(UnaryOperator<byte[]> change) {
        String[] signed = parts(good);
        byte[] changed = change.apply(Base64.getUrlDecoder().decode(signed[2]));
        return signed[0] + "." + signed[1] + "." + Draft.encode(changed);
    }

    /** Claims whose last character has unused bits that are set, signed as they stand. */
    private String unusedBits() {
        String[] part = IntStream.range(0, 3)
                .mapToObj(extra -> parts(good.with("rh", "x".repeat(extra))))
                .filter(parts -> parts[1].length() % 4 != 0)
                .findFirst()
                .orElseThrow();
        int last = part[1].length() - 1;
        String claims = part[1].substring(0, last) + ALPHABET.charAt(ALPHABET.indexOf(part[1].charAt(last)) ^ 1);
        String input = part[0] + "." + claims;
        return input + "." + Draft.encode(RsaKeys.FIRST.sign(bytes(input)));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= 1;
        return other;
    }

    /** Replaces characters by those of which each is one byte. */
    private static byte[] replaced(byte[] bytes, String text, String by) {
        return new String(bytes, StandardCharsets.ISO_8859_1).replace(text, by).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String[] parts(Draft draft) {
        return draft.sign().split("\\.");
    }

    private void number(String id, String claim, String digits) {
        add(
                id,
                claim + " is " + (digits.length() > 20 ? digits.length() + " digits" : digits),
                good.text(text -> text.replaceFirst("\"" + claim + "\":\\d+", "\"" + claim + "\":" + digits)),
                CLAIMS_INVALID);
    }

    private void edited(String id, String sentence, UnaryOperator<String> edit) {
        add(id, sentence, good.text(edit), CLAIMS_INVALID);
    }

    private void claim(String id, String claim, @Nullable Object value, @Nullable TokenRejection rejection) {
        String shown = String.valueOf(value);
        add(
                id,
                claim + " is " + (shown.length() > 60 ? shown.length() + " characters" : "'" + shown + "'"),
                good.with(claim, value),
                rejection);
    }

    private void add(String id, String sentence, Draft draft, @Nullable TokenRejection rejection) {
        add(id, sentence, entra, draft, rejection);
    }

    private void add(String id, String sentence, TestGate gate, Draft draft, @Nullable TokenRejection rejection) {
        cases.add(new TokenCase(id, sentence, gate, TokenCase.bearing(draft.sign()), rejection));
    }

    private void add(String id, String sentence, String token, @Nullable TokenRejection rejection) {
        cases.add(new TokenCase(id, sentence, entra, TokenCase.bearing(token), rejection));
    }

    private void present(
            String id, String sentence, List<String> headers, String query, @Nullable TokenRejection rejection) {
        cases.add(new TokenCase(id, sentence, entra, new BearerHeader(headers, query), rejection));
    }
}
