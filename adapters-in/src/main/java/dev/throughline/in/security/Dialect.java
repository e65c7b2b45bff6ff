package dev.throughline.in.security;

import dev.throughline.access.ClientId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What an issuer calls the things that we need to know of a token. */
public enum Dialect {
    /** Entra's tokens of version 2.0. */
    ENTRA_V2("2.0", "azp", "scp"),

    /** Entra's tokens of version 1.0, which a resource gets that does not ask for the newer ones. */
    ENTRA_V1("1.0", "appid", "scp"),

    /** Any other provider's access tokens as a JWT (RFC 9068). */
    OPENID("", "client_id", "scope");

    private final String version;
    private final String clientClaim;
    private final String scopeClaim;

    Dialect(String version, String clientClaim, String scopeClaim) {
        this.version = version;
        this.clientClaim = clientClaim;
        this.scopeClaim = scopeClaim;
    }

    boolean entra() {
        return this != OPENID;
    }

    boolean speaksVersion(Claims claims) {
        return !entra() || claims.is("ver", version);
    }

    /** The client that the token was issued to; some providers say {@code azp} where RFC 9068 says client_id. */
    Optional<ClientId> client(Claims claims) {
        return claims.text(entra() || claims.has(clientClaim) ? clientClaim : "azp")
                .filter(client -> !client.isBlank())
                .map(ClientId::new);
    }

    /**
     * The person (or the app that is its own subject). Entra's {@code oid} is the same for all apps. Another provider's
     * subject is any text that is unique with it, so a GUID is made of both names: no subject that somebody could
     * choose there is taken as it is.
     */
    Optional<UUID> subject(Claims claims) {
        return entra()
                ? claims.guid("oid")
                : claims.text("sub").map(sub -> guidOf(claims.text("iss").orElse("") + '\n' + sub));
    }

    Set<String> scopes(Claims claims) {
        return claims.words(scopeClaim);
    }

    /**
     * Whether no person is behind the token. Where the issuer does not say so, it is known by what only tokens of
     * persons have; in doubt, nobody is.
     */
    boolean appOnly(Claims claims) {
        Optional<String> itself = entra() ? claims.text("oid") : client(claims).map(ClientId::value);
        return claims.is("idtyp", "app")
                || !claims.has(scopeClaim)
                || claims.text("sub").equals(itself);
    }

    /** A GUID of version 8 (RFC 9562 section 5.8) from a name's SHA-256. */
    private static UUID guidOf(String name) {
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
            long high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
            long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
