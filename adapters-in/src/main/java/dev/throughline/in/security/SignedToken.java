package dev.throughline.in.security;

/**
 * A token and the key that it names.
 *
 * @param token the token
 * @param key the one key that can have signed it
 */
record SignedToken(CompactToken token, SigningKey key) {
    boolean holds() {
        return key.verifies(token);
    }
}
