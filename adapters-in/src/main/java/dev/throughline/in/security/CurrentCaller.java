package dev.throughline.in.security;

import dev.throughline.access.Caller;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.in.events.Occasion;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who makes the request that is being served, once the gate has let it in. */
@RequestScoped
public class CurrentCaller {
    private @Nullable Occasion occasion;
    private @Nullable Admission admission;

    /** A request has come to the gate. */
    void arrive(Occasion arrived) {
        this.occasion = arrived;
    }

    void enter(Admission admitted) {
        this.admission = admitted;
    }

    /**
     * The verified caller.
     *
     * @throws IllegalStateException on a path that the gate does not guard
     */
    public Caller caller() {
        return admission().caller();
    }

    /**
     * The request, for events about it.
     *
     * @throws IllegalStateException on a path that the gate does not guard
     */
    public Occasion occasion() {
        if (occasion == null) {
            throw new IllegalStateException("No occasion: the gate does not guard this path");
        }
        return occasion;
    }

    /**
     * The caller's token, for the token exchange alone; empty where they were let in without one.
     *
     * @throws IllegalStateException on a path that the gate does not guard
     */
    public Optional<UserAssertion> assertion() {
        return admission().assertion();
    }

    private Admission admission() {
        if (admission == null) {
            throw new IllegalStateException("No verified caller: the gate does not guard this path");
        }
        return admission;
    }
}
