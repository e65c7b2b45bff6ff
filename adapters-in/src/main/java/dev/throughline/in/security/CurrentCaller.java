package dev.throughline.in.security;

import dev.throughline.access.Caller;
import dev.throughline.delegation.UserAssertion;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** Who makes the request that is being served, once the gate has let it in. */
@RequestScoped
public class CurrentCaller {
    private @Nullable Caller caller;
    private @Nullable UserAssertion assertion;

    void enter(Caller verified, UserAssertion presented) {
        this.caller = verified;
        this.assertion = presented;
    }

    /**
     * The verified caller.
     *
     * @throws IllegalStateException on a path that the gate does not guard
     */
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("No verified caller: the gate does not guard this path");
        }
        return caller;
    }

    /**
     * The caller's token, for the token exchange alone.
     *
     * @throws IllegalStateException on a path that the gate does not guard
     */
    public UserAssertion assertion() {
        if (assertion == null) {
            throw new IllegalStateException("No verified caller: the gate does not guard this path");
        }
        return assertion;
    }
}
