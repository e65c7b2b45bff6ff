package dev.throughline.matrix;

import java.util.List;

/** The cases about the life of keys that {@link KeyLifeIT} shows against a server of its own. */
final class KeyLifeCases {
    static final Case COLD =
            new Case("T261", "a start while the keys are away", "not ready, 503 `keys_unavailable` with `Retry-After`");
    static final Case COLD_HEADERS = new Case(
            "T265",
            "two Authorization headers while the keys cannot be fetched",
            "400 `ambiguous`, and the server lives");
    static final Case RECOVERS =
            new Case("T262", "the keys come back after such a start", "ready within 5 seconds, by itself");
    static final Case FLOOD = new Case(
            "T257", "a flood of unknown key ids from 16 threads", "401 `key_unknown`, at most one fetch in 30 seconds");
    static final Case NEW_KEY =
            new Case("T263", "a key that was published a moment ago", "let in once the keys were asked, no restart");
    static final Case WEAK = new Case("T066", "a published key of 1,024 bits", "401 `key_unknown`, counted as `weak`");
    static final Case EXPONENT =
            new Case("T067", "a published key with the exponent 1", "left out, counted as `unreadable`");
    static final Case ROCA =
            new Case("T068", "a published key of the broken generator (ROCA)", "left out, counted as `weak`");
    static final Case PRIVATE = new Case(
            "T069", "a key that was published with its private part", "401 `key_unknown`, counted as `private`");
    static final Case DUPLICATE =
            new Case("T070", "two published keys of one id", "401 `key_unknown` for both, counted as `duplicate_id`");
    static final Case OTHER_USE = new Case(
            "T072", "published keys for encryption, of other algorithms or kinds", "401 `key_unknown`, counted");
    static final Case OTHER_TENANT = new Case(
            "T074", "a published key of another tenant's issuer", "401 `key_unknown`, counted as `other_issuer`");
    static final Case SLOW = new Case(
            "T258", "keys that take 10 seconds, asked for by unknown ids", "callers with known keys do not wait");
    static final Case OUTAGE =
            new Case("T259", "keys that cannot be fetched", "known keys let in, unknown ones 401 `key_unknown`");
    static final Case OVERLAP =
            new Case("T263", "a key that stays while others come and go", "let in each time, no false refusal");
    static final Case REVOKED =
            new Case("T073", "a key that is published no longer", "401 `key_unknown` within 60 seconds");
    static final Case EMERGENCY = new Case(
            "T264",
            "a key that is replaced at once by another",
            "401 `key_unknown` within 60 seconds, the other let in");
    static final Case REUSED =
            new Case("T071", "an id that was given to another key", "401 `signature_invalid` for the old key's tokens");
    static final Case REMEMBERED = new Case(
            "T266", "a token that was verified many times, after its key is gone", "401 `key_unknown` as any other");
    static final Case TIMING =
            new Case("T268", "bad signature, unknown key and wrong audience, 150 of each", "answered in similar time");

    static final List<Case> ALL = List.of(
            COLD,
            COLD_HEADERS,
            RECOVERS,
            FLOOD,
            NEW_KEY,
            WEAK,
            EXPONENT,
            ROCA,
            PRIVATE,
            DUPLICATE,
            OTHER_USE,
            OTHER_TENANT,
            SLOW,
            OUTAGE,
            OVERLAP,
            REVOKED,
            EMERGENCY,
            REUSED,
            REMEMBERED,
            TIMING);

    private KeyLifeCases() {}
}
