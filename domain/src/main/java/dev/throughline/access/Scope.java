package dev.throughline.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a person has allowed a client to do in their name. */
public enum Scope {
    ORDERS_READ("Orders.Read"),
    ORDERS_WRITE("Orders.Write"),
    ORDERS_AUDIT("Orders.Audit"),
    USER_IMPERSONATION("user_impersonation");

    private final String claim;

    Scope(String claim) {
        this.claim = claim;
    }

    /** The scope's bare name, as in a token's {@code scp}. */
    public String claim() {
        return claim;
    }

    /** The scope of that name, exactly as spelled; empty for any other value. */
    public static Optional<Scope> ofClaim(String claim) {
        return Arrays.stream(values())
                .filter(scope -> scope.claim.equals(claim))
                .findFirst();
    }

    /** Whether holding any of {@code granted} covers this scope: writing implies reading, impersonation both. */
    boolean coveredBy(Set<Scope> granted) {
        return granted.contains(this)
                || switch (this) {
                    case ORDERS_READ -> granted.contains(ORDERS_WRITE) || granted.contains(USER_IMPERSONATION);
                    case ORDERS_WRITE -> granted.contains(USER_IMPERSONATION);
                    case ORDERS_AUDIT, USER_IMPERSONATION -> false;
                };
    }
}
