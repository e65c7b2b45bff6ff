package dev.throughline.delegation;

/**
 * The verified token that a person presented to us. It leaves this process in one way only: as the {@code assertion} of
 * a token exchange at the configured token endpoint (RFC 7523 section 2.1).
 */
public final class UserAssertion {
    private final String token;

    public UserAssertion(String token) {
        this.token = token;
    }

    /** The token itself, for the exchange alone. */
    public String token() {
        return token;
    }

    @Override
    public String toString() {
        return "UserAssertion[hidden]";
    }
}
