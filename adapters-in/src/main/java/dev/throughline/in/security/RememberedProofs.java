package dev.throughline.in.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;

/**
 * Remembers proofs, so that a token is not verified whole at every request. Only tokens that were proven are
 * remembered, under the hash of their one spelling. A proof that does not hold any more is made anew, which says why it
 * fails.
 */
final class RememberedProofs implements TokenProofs {
    private static final int MOST = 10_000;

    private final TokenProofs proofs;
    private final Clock clock;
    private final Cache<TokenHash, TokenProof> remembered =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    RememberedProofs(TokenProofs proofs, Clock clock) {
        this.proofs = proofs;
        this.clock = clock;
    }

    @Override
    public TokenProof prove(String token) throws RejectedTokenException {
        TokenHash hash = TokenHash.of(token);
        TokenProof known = remembered.getIfPresent(hash);
        if (known != null) {
            if (known.holdsAt(clock.instant())) {
                return known;
            }
            remembered.invalidate(hash);
        }
        TokenProof proof = proofs.prove(token);
        remembered.put(hash, proof);
        return proof;
    }

    long size() {
        remembered.cleanUp();
        return remembered.estimatedSize();
    }
}
