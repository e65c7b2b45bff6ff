package dev.throughline.in.security;

import dev.throughline.access.Caller;

/**
 * Somebody who was let in.
 *
 * @param caller who it is
 * @param proof what their token says
 * @param token the token itself, for the token exchange alone
 */
record Admission(Caller caller, TokenProof proof, String token) {
    @Override
    public String toString() {
        return "Admission of " + caller.objectId();
    }
}
