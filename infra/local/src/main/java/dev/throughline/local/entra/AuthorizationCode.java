package dev.throughline.local.entra;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What an authorization code stands for.
 *
 * @param challenge the PKCE challenge, SHA-256 of the verifier
 * @param expires the end of its life; it is remembered a little longer, to tell "expired" and "redeemed" from "unknown"
 * @param redeemed whether it was used
 */
record AuthorizationCode(
        Person person,
        App app,
        String redirectUri,
        Scopes scopes,
        Optional<String> challenge,
        String nonce,
        Instant signedIn,
        Instant expires,
        AtomicBoolean redeemed) {}
