package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

/**
 * Two established libraries as second and third opinion: whatever the gate lets in, both let in too. The tokens are
 * good ones with a random change each, some of them signed after the change. The seed is fixed. The ordinary run takes
 * 5,000; the full one of 100,000 is {@code mvn -pl adapters-in -am test -Dtest=DifferentialTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Ddifferential.tokens=100000}.
 */
class DifferentialTest {
    private static final int TOKENS = Integer.getInteger("differential.tokens", 5_000);
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\u00e9";
    private static final List<String> TYPES = List.of("JWT", "jwt", "at+jwt", "logout+jwt", "");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e20",
            "1e3",
            "\"\"",
            "\"x\"",
            "[]",
            "{}",
            "[\"" + TestGate.API + "\"]",
            "\"" + TestGate.API + "\"",
            "\"" + TestGate.V2 + "\"",
            "\"" + TestGate.ADA + "\"",
            "\"Orders.Read\"",
            "1795255260",
            "1795255260.5",
            "1795258000",
            "99999999999",
            "\"1795258000\"");

    private final TestGate gate = TestGate.open();
    private final TokenVerifier ours = gate.verifier();
    private final DefaultJWTProcessor<SecurityContext> nimbus = nimbus();
    private final JwtConsumer jose4j = jose4j();
    private final Random random = new Random(20261121);

    @Test
    void whatever_the_gate_lets_in_two_other_libraries_let_in_too() {
        String control = gate.good().sign();
        assertTrue(oursAccepts(control) && nimbusAccepts(control) && jose4jAccepts(control), "the control");
        List<Draft> drafts = List.of(
                gate.good(),
                gate.good().without("nbf").with("aud", "api://" + TestGate.API),
                gate.good().header("kid", "k2").signedBy(RsaKeys.SECOND));
        List<String> signed = drafts.stream().map(Draft::sign).toList();
        List<String> disagreements = new ArrayList<>();
        int accepted = 0;
        int refusedByUsAlone = 0;

        for (int i = 0; i < TOKENS; i++) {
            int base = random.nextInt(drafts.size());
            String token = i % 4 == 0 ? resigned(drafts.get(base)) : mutated(signed.get(base));
            if (oursAccepts(token)) {
                accepted++;
                if (!nimbusAccepts(token) || !jose4jAccepts(token)) {
                    disagreements.add(token);
                }
            } else if (nimbusAccepts(token) || jose4jAccepts(token)) {
                refusedByUsAlone++;
            }
        }

        System.out.printf(
                "differential: %d tokens, %d let in by all three, %d by another library but not by the gate%n",
                TOKENS, accepted, refusedByUsAlone);
        assertEquals(List.of(), disagreements);
        assertTrue(accepted > TOKENS / 100, "let in: " + accepted);
        assertTrue(refusedByUsAlone > 0, "The mutations reach what libraries overlook");
    }

    /** A token whose text was changed after it was signed. */
    private String mutated(String token) {
        int at = random.nextInt(token.length());
        String character = String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return switch (random.nextInt(8)) {
            case 0 -> token.substring(0, at) + character + token.substring(at + 1);
            case 1 -> token.substring(0, at) + token.substring(at + 1);
            case 2 -> token.substring(0, at) + character + token.substring(at);
            case 3 -> token.substring(0, token.length() - 1) + character;
            case 4 -> token + character;
            case 5 -> token.substring(0, at);
            case 6 -> token.substring(0, at) + token.substring(random.nextInt(token.length()));
            default -> token;
        };
    }

    /** A token whose header or claims were changed before it was signed. */
    private String resigned(Draft draft) {
        List<String> names = List.copyOf(draft.claims().keySet());
        String name = names.get(random.nextInt(names.size()));
        String value = VALUES.get(random.nextInt(VALUES.size()));
        Draft changed = switch (random.nextInt(8)) {
            case 0 -> draft.without(name);
            case 1 -> draft.text(text -> text.replaceFirst("\\{", "{\"" + name + "\":" + value + ","));
            case 2 -> draft.text(text -> text.replaceFirst("\\{", "{\"unknown\":" + value + ","));
            case 3 -> draft.header("typ", TYPES.get(random.nextInt(TYPES.size())));
            case 4 -> draft.text(text -> spoiled(text));
            case 5 -> draft.with("exp", 1_795_255_200L + random.nextInt(-90, 90));
            case 6 -> draft.headerText(text -> spoiled(text));
            default -> draft.without(name).text(text -> text.replaceFirst("\\{", "{\"" + name + "\":" + value + ","));
        };
        return changed.sign();
    }

    private String spoiled(String json) {
        int at = random.nextInt(json.length());
        return json.substring(0, at) + (char) (' ' + random.nextInt(95)) + json.substring(at + random.nextInt(2));
    }

    private boolean oursAccepts(String token) {
        try {
            ours.prove(token);
            return true;
        } catch (RejectedTokenException e) {
            return false;
        }
    }

    private boolean nimbusAccepts(String token) {
        try {
            nimbus.process(token, null);
            return true;
        } catch (Exception refused) {
            return false;
        }
    }

    private boolean jose4jAccepts(String token) {
        try {
            jose4j.process(token);
            return true;
        } catch (Exception refused) {
            return false;
        }
    }

    private DefaultJWTProcessor<SecurityContext> nimbus() {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        JWKSet keys = new JWKSet(List.of(nimbusKey(RsaKeys.FIRST), nimbusKey(RsaKeys.SECOND)));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                com.nimbusds.jose.JOSEObjectType.JWT, new com.nimbusds.jose.JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys)));
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(
                        TestGate.AUDIENCES,
                        new JWTClaimsSet.Builder().issuer(TestGate.V2).build(),
                        Set.of("exp", "iat", "sub"),
                        Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(gate.clock.instant());
                    }
                };
        claims.setMaxClockSkew(30);
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }

    private static RSAKey nimbusKey(RsaKeys keys) {
        return new RSAKey.Builder(keys.publicKey()).keyID(keys.id()).build();
    }

    private JwtConsumer jose4j() {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, "RS256"))
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(
                        IntStream.of(0, 1).mapToObj(DifferentialTest::jose4jKey).toList()))
                .setExpectedIssuer(TestGate.V2)
                .setExpectedAudience(TestGate.AUDIENCES.toArray(String[]::new))
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(30)
                .setEvaluationTime(NumericDate.fromSeconds(gate.clock.instant().getEpochSecond()))
                .build();
    }

    private static org.jose4j.jwk.JsonWebKey jose4jKey(int index) {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk((index == 0 ? RsaKeys.FIRST : RsaKeys.SECOND).published());
        } catch (org.jose4j.lang.JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
