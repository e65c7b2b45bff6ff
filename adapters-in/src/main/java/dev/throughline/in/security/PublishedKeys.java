package dev.throughline.in.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import dev.throughline.access.TenantId;
import java.io.IOException;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Reads the key set that an issuer publishes (RFC 7517) and keeps the keys that may sign its tokens. A key that breaks
 * a rule is left out and counted, so that one bad key does not shut out the good ones.
 */
final class PublishedKeys {
    private static final System.Logger LOG = System.getLogger(PublishedKeys.class.getName());
    private static final int LONGEST_ID = 128;
    private static final int MOST_KEYS = 100;
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    /** A rule about one published key. */
    private record KeyRule(String fault, BiPredicate<Claims, PublishedKeys> holds) {}

    private static final List<KeyRule> RULES = List.of(
            new KeyRule("not_rsa", (key, set) -> key.is("kty", "RSA")),
            new KeyRule("private", (key, set) -> key.noneOf(PRIVATE_MEMBERS)),
            new KeyRule(
                    "no_id",
                    (key, set) -> key.text("kid")
                            .filter(id -> id.length() <= LONGEST_ID)
                            .isPresent()),
            new KeyRule("other_use", (key, set) -> !key.has("use") || key.is("use", "sig")),
            new KeyRule(
                    "other_operations",
                    (key, set) -> !key.has("key_ops") || key.texts("key_ops").equals(Set.of("verify"))),
            new KeyRule("other_algorithm", (key, set) -> !key.has("alg") || key.is("alg", "RS256")),
            new KeyRule(
                    "other_issuer",
                    (key, set) -> !key.has("issuer")
                            || key.text("issuer")
                                    .filter(name -> set.issuer.mayUseKeyOf(name, set.tenant))
                                    .isPresent()));

    private final TokenIssuer issuer;
    private final TenantId tenant;
    private final GateMetrics metrics;
    private final StrictJson json = new StrictJson(EnumSet.allOf(JsonRule.class));

    PublishedKeys(TokenIssuer issuer, TenantId tenant, GateMetrics metrics) {
        this.issuer = issuer;
        this.tenant = tenant;
        this.metrics = metrics;
    }

    /**
     * The usable keys by their ids.
     *
     * @throws IOException if it is no key set, or if none of its keys can be used
     */
    Map<String, SigningKey> read(byte[] document) throws IOException {
        Object published = json.object(document)
                .map(set -> set.get("keys"))
                .orElseThrow(() -> new IOException("it is not a key set"));
        if (!(published instanceof List<?> list) || list.size() > MOST_KEYS) {
            throw new IOException("it does not list its keys");
        }
        Map<String, SigningKey> keys = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Object entry : list) {
            Claims key = entry instanceof Map<?, ?> members ? Claims.of(members) : new Claims(Map.of());
            boolean ambiguous = key.text("kid").filter(id -> !ids.add(id)).isPresent();
            if (ambiguous) {
                reject("duplicate_id", key);
                key.text("kid").ifPresent(keys::remove);
            } else {
                usable(key, entry).ifPresent(good -> keys.put(good.id(), good));
            }
        }
        if (keys.isEmpty()) {
            throw new IOException("it has no usable key");
        }
        return Map.copyOf(keys);
    }

    private Optional<SigningKey> usable(Claims key, Object entry) {
        for (KeyRule rule : RULES) {
            if (!rule.holds.test(key, this)) {
                return reject(rule.fault, key);
            }
        }
        try {
            RSAPublicKey material = RSAKey.parse(asMembers(entry)).toRSAPublicKey();
            return KeyStrength.suffices(material)
                    ? Optional.of(new SigningKey(key.text("kid").orElseThrow(), material))
                    : reject("weak", key);
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return reject("unreadable", key);
        }
    }

    private static Map<String, Object> asMembers(Object entry) {
        Map<String, Object> members = new HashMap<>();
        ((Map<?, ?>) entry).forEach((name, value) -> members.put((String) name, value));
        return members;
    }

    private Optional<SigningKey> reject(String fault, Claims key) {
        metrics.keyRejected(fault);
        LOG.log(System.Logger.Level.WARNING, "jwks_key_rejected fault={0} kid={1}", fault, shown(key));
        return Optional.empty();
    }

    /** The key's id for the log, without anything that could forge a line. */
    private static String shown(Claims key) {
        return key.text("kid").map(id -> id.replaceAll("[^A-Za-z0-9._~-]", "?")).orElse("-");
    }
}
