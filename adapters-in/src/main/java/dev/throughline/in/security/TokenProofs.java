package dev.throughline.in.security;

/** Proves what tokens say. */
interface TokenProofs {

    /**
     * What this token says.
     *
     * @throws RejectedTokenException with the first rule that it breaks
     */
    TokenProof prove(String token) throws RejectedTokenException;
}
