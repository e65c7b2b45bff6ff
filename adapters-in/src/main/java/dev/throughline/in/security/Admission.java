package dev.throughline.in.security;

import dev.throughline.access.Caller;
import dev.throughline.delegation.UserAssertion;
import jakarta.security.enterprise.CallerPrincipal;
import java.util.Optional;

/**
 * Somebody who was let in.
 *
 * @param caller who it is
 * @param principal the same as the container's APIs know callers
 * @param assertion the caller's token, for the token exchange alone; empty where they were let in without one
 */
record Admission(Caller caller, CallerPrincipal principal, Optional<UserAssertion> assertion) {
    @Override
    public String toString() {
        return "Admission of " + caller.objectId();
    }
}
