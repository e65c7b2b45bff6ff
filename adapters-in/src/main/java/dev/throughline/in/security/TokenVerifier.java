package dev.throughline.in.security;

import java.time.Clock;

/**
 * Verifies an access token: spelling, header, origin, signature and claims, in this order, each by its rules. What the
 * rules are stands in {@link GateRules}.
 */
final class TokenVerifier implements TokenProofs {
    private final GateRules rules;
    private final StrictJson json;
    private final TokenSettings settings;
    private final KeyRing keys;
    private final Clock clock;

    TokenVerifier(GateRules rules, TokenSettings settings, KeyRing keys, Clock clock) {
        this.rules = rules;
        this.json = new StrictJson(rules.json());
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public TokenProof prove(String text) throws RejectedTokenException {
        CompactToken token = CompactToken.parse(text, rules, json);
        Rule.check(rules.header(), token.header());
        Candidate candidate = Candidate.of(token.claims(), settings, clock.instant());
        Rule.check(rules.origin(), candidate);
        SigningKeys published = keys.of(candidate.issuer());
        SigningKey key = published.key(token.header().text("kid").orElseThrow());
        Rule.check(rules.signature(), new SignedToken(token, key));
        Rule.check(rules.claims(), candidate);
        return new TokenProof(candidate.verified(), candidate.provenance(), key, published);
    }
}
