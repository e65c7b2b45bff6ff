package dev.throughline.access;

import java.util.Arrays;
import java.util.Optional;

/** What a person is at the order desk, as an app role of our API. */
public enum Role {
    VIEWER("Viewer"),
    ANALYST("Analyst"),
    PM("PM"),
    ADMIN("Admin");

    private final String claim;

    Role(String claim) {
        this.claim = claim;
    }

    /** The role's name in a token's {@code roles}. */
    public String claim() {
        return claim;
    }

    /** The role of that name, exactly as spelled; empty for any other value. */
    public static Optional<Role> ofClaim(String claim) {
        return Arrays.stream(values()).filter(role -> role.claim.equals(claim)).findFirst();
    }
}
