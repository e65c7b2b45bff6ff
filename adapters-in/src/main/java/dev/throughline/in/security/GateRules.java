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

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Every rule that an access token must meet, in the order in which they are checked. This is the one place: nothing
 * that is not listed here is checked, and the tests leave out each rule in turn to show that it is needed.
 *
 * <p>The rules follow RFC 6750, RFC 7515, RFC 7519 and the best practices of RFC 8725; where those leave a choice, the
 * stricter one is taken that the real issuer's tokens still meet.
 *
 * @param request where the token is in the request
 * @param spelling how it is spelled
 * @param json what its header and its claims are as JSON
 * @param header what its header says
 * @param origin whether one of our issuers can have made it
 * @param signature who signed it
 * @param claims what it claims
 */
record GateRules(
        List<Rule<BearerHeader>> request,
        List<Rule<String>> spelling,
        Set<JsonRule> json,
        List<Rule<Claims>> header,
        List<Rule<Candidate>> origin,
        List<Rule<SignedToken>> signature,
        List<Rule<Candidate>> claims) {

    /** How far clocks may be apart. */
    static final Duration SKEW = TokenSettings.SKEW;

    private static final int LONGEST_TOKEN = 16 * 1024;
    private static final int LONGEST_KEY_ID = 128;
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
    private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ", "kid", "x5t", "nonce");
    private static final Set<String> OF_ID_TOKENS = Set.of("nonce", "at_hash", "c_hash", "s_hash");
    private static final Set<String> OF_OTHER_TOKENS = Set.of("events", "toe", "htm", "htu", "ath");
    private static final Set<String> OF_SCRIPTS = Set.of("__proto__", "constructor", "prototype");

    private static final List<Rule<BearerHeader>> REQUEST = List.of(
            rule("one Authorization header at most", AMBIGUOUS, BearerHeader::atMostOne),
            rule("no second token in the query", TOKEN_IN_QUERY, request -> !request.besideQueryToken()),
            rule("visible characters before the first space", MALFORMED_HEADER, BearerHeader::hasPlainScheme),
            rule("no token without its scheme", MALFORMED_HEADER, request -> !request.isBareToken()),
            rule("the scheme is Bearer", MISSING, BearerHeader::isBearer),
            rule("one space, then one word", MALFORMED_HEADER, BearerHeader::isOneWord),
            rule("a token of bounded length", MALFORMED_HEADER, request -> request.isNoLongerThan(LONGEST_TOKEN)));

    private static final List<Rule<String>> SPELLING = List.of(
            rule("three parts of base64url characters", NOT_COMPACT, CompactToken::hasThreeParts),
            rule("each part in its one spelling", NOT_COMPACT, CompactToken::isCanonical));

    private static final List<Rule<Claims>> HEADER = List.of(
            rule("alg is RS256", ALGORITHM_FORBIDDEN, header -> header.is("alg", "RS256")),
            rule("typ, if any, is an access token's", TYPE_FORBIDDEN, header -> header.textOrAbsent("typ", TYPES)),
            // Refuses crit, b64, zip, cty, jwk, jku, x5u and x5c, and whatever is invented next.
            rule("no member but the known ones", HEADER_INVALID, header -> header.allAmong(HEADER_MEMBERS)),
            rule(
                    "kid is a bounded text",
                    KEY_UNKNOWN,
                    header -> header.text("kid")
                            .filter(kid -> kid.length() <= LONGEST_KEY_ID)
                            .isPresent()));

    private static final List<Rule<Candidate>> ORIGIN =
            List.of(rule("iss is one of our issuers, to the letter", ISSUER_MISMATCH, Candidate::issuerKnown));

    private static final List<Rule<SignedToken>> SIGNATURE =
            List.of(rule("the signature is made by the key that kid names", SIGNATURE_INVALID, SignedToken::holds));

    private static final List<Rule<Candidate>> CLAIMS = List.of(
            rule(
                    "ver is that of the issuer",
                    VERSION_MISMATCH,
                    token -> token.dialect().speaksVersion(token.claims())),
            rule("tid is our tenant", TENANT_MISMATCH, Candidate::ofOurTenant),
            // An array is refused even where we are in it: what others accept too, others can replay to us.
            rule("aud is one text and names us", AUDIENCE_MISMATCH, Candidate::forUs),
            rule("no claim of an ID token", ID_TOKEN, token -> token.claims().noneOf(OF_ID_TOKENS)),
            rule(
                    "no claim of a logout token, event or proof",
                    TYPE_FORBIDDEN,
                    token -> token.claims().noneOf(OF_OTHER_TOKENS)),
            rule(
                    "no claim that is bound to a key that nobody showed",
                    CLAIMS_INVALID,
                    token -> !token.claims().has("cnf")),
            rule(
                    "no leave for others to act",
                    CLAIMS_INVALID,
                    token -> !token.claims().has("may_act")),
            rule(
                    "no claim named like a part of a script's objects",
                    CLAIMS_INVALID,
                    token -> token.claims().noneOf(OF_SCRIPTS)),
            rule("exp is a moment", CLAIMS_INVALID, token -> token.moment("exp").isPresent()),
            rule("iat is a moment", CLAIMS_INVALID, token -> token.moment("iat").isPresent()),
            rule(
                    "nbf, if any, is a moment",
                    CLAIMS_INVALID,
                    token -> token.moment("nbf").isPresent() || !token.claims().has("nbf")),
            rule("exp is to come", EXPIRED, token -> token.endsAfter(token.now().minus(SKEW))),
            rule("iat has been", NOT_YET_VALID, token -> token.began("iat")),
            rule("nbf, if any, has been", NOT_YET_VALID, token -> token.began("nbf")),
            rule(
                    "exp is after iat",
                    LIFETIME_TOO_LONG,
                    token -> token.lifetime().compareTo(Duration.ZERO) > 0),
            rule(
                    "exp is within a day of iat",
                    LIFETIME_TOO_LONG,
                    token -> token.lifetime().compareTo(TokenSettings.MAX_LIFETIME) <= 0),
            rule(
                    "sub is a text",
                    SUBJECT_INVALID,
                    token -> token.claims().text("sub").isPresent()),
            rule("oid is a GUID", SUBJECT_INVALID, token -> token.subject().isPresent()),
            rule(
                    "the person is not the one that stands for nobody",
                    SUBJECT_INVALID,
                    token -> token.subject().filter(Nobody.USER.value()::equals).isEmpty()),
            rule("the client is named", CLIENT_MISSING, token -> token.client().isPresent()),
            rule(
                    "the client is not the one that stands for none",
                    CLIENT_MISSING,
                    token -> token.client().filter(Nobody.CLIENT::equals).isEmpty()),
            rule(
                    "idtyp, if any, is user or app",
                    CLAIMS_INVALID,
                    token -> token.claims().textOrAbsent("idtyp", Set.of("user", "app"))),
            rule(
                    "what it says of agents can be read",
                    CLAIMS_INVALID,
                    token -> token.acting().isPresent()),
            rule("nobody acts for themselves", CLAIMS_INVALID, Candidate::nobodyActsForThemselves));

    /** All of them. */
    static final GateRules ALL =
            new GateRules(REQUEST, SPELLING, EnumSet.allOf(JsonRule.class), HEADER, ORIGIN, SIGNATURE, CLAIMS);

    private static <T> Rule<T> rule(String name, TokenRejection otherwise, java.util.function.Predicate<T> holds) {
        return new Rule<>(name, otherwise, holds);
    }
}
