package dev.throughline.access;

/**
 * The OAuth client that a token was issued to (Entra's {@code azp}).
 *
 * @param value the client's id, never blank
 */
public record ClientId(String value) {
    public ClientId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A client id must not be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
