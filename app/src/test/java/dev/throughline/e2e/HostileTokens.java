package dev.throughline.e2e;

import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.entra.TokenWorkshop;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that differ from Vic's good one in one thing each, and why the gate must refuse them. */
final class HostileTokens {

    /**
     * A hostile token.
     *
     * @param name what is wrong with it
     * @param reason the gate's own reason
     */
    record Hostile(String name, String token, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String PREFIX = "c0ffee00-0000-4000-8000-0000000000";
    private static final int SIGNATURE = 2;

    private final TokenWorkshop workshop;
    private final TokenDraft good;
    private final List<Hostile> all = new ArrayList<>();

    private HostileTokens(TokenWorkshop workshop) {
        this.workshop = workshop;
        this.good = workshop.user("vic");
    }

    static List<Hostile> of(TokenWorkshop workshop) {
        HostileTokens tokens = new HostileTokens(workshop);
        tokens.spellings();
        tokens.algorithms();
        tokens.headers();
        tokens.signatures();
        tokens.issuers();
        tokens.audiences();
        tokens.times();
        tokens.subjects();
        tokens.kinds();
        tokens.payloads();
        return List.copyOf(tokens.all);
    }

    private void spellings() {
        String token = good.sign();
        String[] parts = token.split("\\.");
        String reason = "not_compact";
        text("no token but a word", "abc", reason);
        text("two parts", parts[0] + "." + parts[1], reason);
        text("an empty signature", parts[0] + "." + parts[1] + ".", reason);
        text("four parts", token + "." + parts[SIGNATURE], reason);
        text("five parts", token + "." + parts[0] + "." + parts[1], reason);
        text("padding", token + "==", reason);
        text("unused bits of the last character set", withSpareBit(token), reason);
        text("the other base64 alphabet", token.substring(0, token.length() - 4) + "+/+/", reason);
        text("a character of no alphabet", token + "!", reason);
        text("a padded header", parts[0] + "=." + parts[1] + "." + parts[SIGNATURE], reason);
    }

    /** The last of 342 characters carries two bits of the signature and four that nobody reads. */
    private static String withSpareBit(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + alphabet.charAt(last ^ 1);
    }

    private void algorithms() {
        String reason = "algorithm_forbidden";
        for (String algorithm :
                List.of("none", "None", "NONE", "rs256", "RS384", "RS512", "PS256", "ES256", "EdDSA", "XS1", "")) {
            add("the algorithm '" + algorithm + "'", good.header("alg", algorithm), reason);
        }
        text(
                "no signature and none announced",
                good.header("alg", "none").signedWith(input -> new byte[0]).sign(),
                "not_compact");
        add("a secret instead of a key", good.header("alg", "HS256").signedWith(HostileTokens::hmac), reason);
        add("no algorithm", good.withoutHeader("alg"), reason);
        add("an algorithm of null", good.header("alg", null), reason);
        add("two algorithms", good.header("alg", List.of("RS256")), reason);
    }

    private void headers() {
        for (String type : List.of("logout+jwt", "secevent+jwt", "dpop+jwt", "id_token+jwt", "JWS", "")) {
            add("the type '" + type + "'", good.header("typ", type), "type_forbidden");
        }
        add("a type that is a number", good.header("typ", 1), "type_forbidden");
        add("an unknown key", good.header("kid", "unknown"), "key_unknown");
        add("no key", good.withoutHeader("kid"), "key_unknown");
        add("a key of null", good.header("kid", null), "key_unknown");
        add("a key that is a number", good.header("kid", 1), "key_unknown");
        add("a key with a path", good.header("kid", "../../dev/null"), "key_unknown");
        add("a key without end", good.header("kid", "k".repeat(5000)), "key_unknown");
        for (Map.Entry<String, Object> extra : List.<Map.Entry<String, Object>>of(
                Map.entry("crit", List.of("x")),
                Map.entry("crit", List.of()),
                Map.entry("jwk", Map.of("kty", "RSA")),
                Map.entry("jku", "http://localhost:1/keys"),
                Map.entry("x5u", "http://localhost:1/certificate"),
                Map.entry("x5c", List.of("MIIB")),
                Map.entry("zip", "DEF"),
                Map.entry("b64", false),
                Map.entry("cty", "JWT"))) {
            add("the header field " + extra, good.header(extra.getKey(), extra.getValue()), "header_invalid");
        }
    }

    private void signatures() {
        String reason = "signature_invalid";
        add("another's signature", good.signedBy(otherKey()), reason);
        text("one bit of the signature flipped", withSignature(bytes -> flipped(bytes, 0)), reason);
        text("the signature's last bit flipped", withSignature(bytes -> flipped(bytes, bytes.length - 1)), reason);
        text(
                "a signature that lacks a byte",
                withSignature(bytes -> java.util.Arrays.copyOf(bytes, bytes.length - 1)),
                reason);
        text(
                "a signature with a byte more",
                withSignature(bytes -> java.util.Arrays.copyOf(bytes, bytes.length + 1)),
                reason);
        text("a signature of zeros", withSignature(bytes -> new byte[bytes.length]), reason);
        text("claims that were not signed", withOtherClaims(), reason);
        text("a header that was not signed", withOtherHeader(), reason);
    }

    private String withSignature(UnaryOperator<byte[]> change) {
        String token = good.sign();
        int dot = token.lastIndexOf('.') + 1;
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot));
        return token.substring(0, dot) + encode(change.apply(signature));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= 1;
        return other;
    }

    private String withOtherClaims() {
        String[] parts = good.sign().split("\\.");
        String[] ada = workshop.user("ada").sign().split("\\.");
        return parts[0] + "." + ada[1] + "." + parts[SIGNATURE];
    }

    private String withOtherHeader() {
        String[] parts = good.sign().split("\\.");
        String[] other = good.header("typ", "at+jwt").sign().split("\\.");
        return other[0] + "." + parts[1] + "." + parts[SIGNATURE];
    }

    private void issuers() {
        String issuer = (String) good.claims().get("iss");
        String reason = "issuer_mismatch";
        claim("iss", "https://login.microsoftonline.com/" + PREFIX + "01/v2.0", reason);
        claim("iss", "https://sts.windows.net/" + PREFIX + "01/", reason);
        claim("iss", issuer.replace("/v2.0", "/"), reason);
        claim("iss", issuer + "/", reason);
        claim("iss", issuer + ".evil.example", reason);
        claim("iss", issuer.toUpperCase(java.util.Locale.ROOT), reason);
        claim("iss", "", reason);
        claim("iss", null, reason);
        claim("iss", List.of(issuer), reason);
        add("no iss", good.without("iss"), reason);
        add("a genuine token of another tenant", workshop.user("eve"), reason);
        claim("tid", PREFIX + "02", "tenant_mismatch");
        claim("tid", null, "tenant_mismatch");
        claim("tid", "common", "tenant_mismatch");
        add("no tid", good.without("tid"), "tenant_mismatch");
    }

    private void audiences() {
        String reason = "audience_mismatch";
        for (Object audience : List.<Object>of(
                "https://ai.azure.com",
                "00000003-0000-0000-c000-000000000000",
                Ids.WEB_CHAT,
                Ids.ASSISTANT,
                "api://" + Ids.WEB_CHAT,
                "api://" + Ids.API + "/",
                Ids.API.toUpperCase(java.util.Locale.ROOT),
                Ids.API + ".evil.example",
                "ALL_AUDIENCES",
                "*",
                "",
                1,
                List.of(),
                List.of(Ids.API),
                List.of(Ids.API, "https://ai.azure.com"))) {
            claim("aud", audience, reason);
        }
        claim("aud", null, reason);
        add("no aud", good.without("aud"), reason);
        add("a genuine token for the agent service", workshop.userForFoundry("vic"), "issuer_mismatch");
    }

    private void times() {
        long now = Instant.now().getEpochSecond();
        long day = Duration.ofDays(1).toSeconds();
        add("yesterday's token", good.expired(), "expired");
        claim("exp", now - 31, "expired");
        claim("nbf", now + 60, "not_yet_valid");
        claim("iat", now + 60, "not_yet_valid");
        add(
                "a token that ended before it began",
                good.with("iat", now + 20).with("exp", now + 10),
                "lifetime_too_long");
        add("a life of more than a day", good.with("exp", now + day + 60), "lifetime_too_long");
        add("an age of ten years", good.with("iat", now - 3650 * day), "lifetime_too_long");
        for (String claim : List.of("exp", "iat")) {
            add("no " + claim, good.without(claim), "claims_invalid");
            claim(claim, null, "claims_invalid");
            claim(claim, String.valueOf(now + 60), "claims_invalid");
            claim(claim, List.of(now + 60), "claims_invalid");
            claim(claim, -1, "claims_invalid");
        }
        claim("exp", 1e20, "claims_invalid");
        claim("exp", Long.MAX_VALUE, "claims_invalid");
        claim("nbf", "soon", "claims_invalid");
    }

    private void subjects() {
        String reason = "subject_invalid";
        claim("sub", null, reason);
        claim("sub", "", reason);
        add("no sub", good.without("sub"), reason);
        claim("oid", null, reason);
        claim("oid", "", reason);
        claim("oid", "vic", reason);
        claim("oid", "' or 1=1 --", reason);
        claim("oid", List.of(Person.VIC.id), reason);
        add("no oid", good.without("oid"), reason);
        claim("azp", null, "client_missing");
        claim("azp", "", "client_missing");
        add("no azp", good.without("azp"), "client_missing");
        claim("azp", "c0ffee00-0000-4000-8000-0000000000ff", "client_not_registered");
        add("the API's own client", good.with("azp", Ids.API), "client_not_registered");
    }

    private void kinds() {
        String nightAgent = PREFIX + "a5";
        add("an application without its role", workshop.application(nightAgent).without("roles"), "user_required");
        add("an identity that agents share", workshop.application(PREFIX + "a6"), "agent_identity_shared");
        claim("azp", PREFIX + "a6", "agent_identity_shared");
        claim("xms_act_fct", "11", "client_not_registered");
        claim("xms_act_fct", 11, "claims_invalid");
        claim("xms_sub_fct", "11", "user_required");
        claim("xms_sub_fct", "13", "user_required");
        claim("act", Map.of("sub", "stranger"), "client_not_registered");
        claim("act", "stranger", "claims_invalid");
        add("a token without scopes", good.without("scp"), "user_required");
        claim("idtyp", "app", "user_required");
        add("a subject that is the client", good.with("sub", Person.VIC.id), "user_required");
        add("an ID token", workshop.idToken("vic"), "audience_mismatch");
        add("an ID token for us", workshop.idToken("vic").with("aud", Ids.API), "id_token");
        claim("nonce", "n", "id_token");
        claim("at_hash", "h", "id_token");
        add("a token that is bound to a key", good.with("cnf", Map.of("jkt", "x")), "claims_invalid");
    }

    private void payloads() {
        String reason = "claims_invalid";
        edited("a claim twice", json -> json.replaceFirst("\\{", "{\"oid\":\"" + Person.ADA.id + "\","), reason);
        edited(
                "a claim twice, once escaped",
                json -> json.replaceFirst("\\{", "{\"\\\\u006fid\":\"" + Person.ADA.id + "\","),
                reason);
        edited("something behind the claims", json -> json + "x", reason);
        edited("claims in an array", json -> "[" + json + "]", reason);
        edited("no claims but null", json -> "null", reason);
        edited(
                "claims of nested arrays",
                json -> json.replaceFirst("\\{", "{\"x\":" + "[".repeat(500) + "]".repeat(500) + ","),
                reason);
    }

    private void edited(String name, UnaryOperator<String> edit, String reason) {
        add(name, good.payload(edit), reason);
    }

    private void claim(String claim, Object value, String reason) {
        add(claim + " is " + (value instanceof String ? "'" + value + "'" : value), good.with(claim, value), reason);
    }

    private void add(String name, TokenDraft draft, String reason) {
        text(name, draft.sign(), reason);
    }

    private void text(String name, String token, String reason) {
        all.add(new Hostile(name, token, reason));
    }

    private static byte[] hmac(byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey otherKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
