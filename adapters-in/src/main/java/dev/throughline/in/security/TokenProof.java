package dev.throughline.in.security;

import java.time.Instant;

/**
 * What a token says and what that was proven by.
 *
 * @param token what it says
 * @param provenance where it comes from
 * @param key the key that signed it
 * @param published the keys among which that key was
 */
record TokenProof(VerifiedToken token, Provenance provenance, SigningKey key, SigningKeys published) {

    /** Whether it would be proven again now: its time is not over, and its key is still published. */
    boolean holdsAt(Instant now) {
        return now.isBefore(token.expiresAt().plus(TokenSettings.SKEW))
                && !provenance.begin().isAfter(now.plus(TokenSettings.SKEW))
                && published.stillHas(key);
    }
}
