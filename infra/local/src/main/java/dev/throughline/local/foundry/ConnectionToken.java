package dev.throughline.local.foundry;

import java.time.Instant;

/**
 * What the broker keeps for one user and connection.
 *
 * @param accessToken the bearer for the tool
 * @param refreshToken empty where none was issued
 * @param expiresAt when the access token ends
 */
record ConnectionToken(String accessToken, String refreshToken, Instant expiresAt) {

    boolean expiresBefore(Instant moment) {
        return expiresAt.isBefore(moment);
    }

    @Override
    public String toString() {
        return "ConnectionToken[expiresAt=" + expiresAt + "]";
    }
}
