package dev.throughline.delegation;

import java.time.Instant;

/**
 * The verified token that a person presented to us. It leaves this process in one way only: as the {@code assertion} of
 * a token exchange at the configured token endpoint (RFC 7523 section 2.1).
 */
public final class UserAssertion {
    private final String token;
    private final Instant expiresAt;

    public UserAssertion(String token, Instant expiresAt) {
        this.token = token;
        this.expiresAt = expiresAt;
    }

    /** The token itself, for the exchange alone. */
    public String token() {
        return token;
    }

    /** When it ends, and with it what we hold for it. */
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public String toString() {
        return "UserAssertion[hidden]";
    }
}
