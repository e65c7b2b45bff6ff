package dev.throughline.out.entra;

import java.util.concurrent.CompletableFuture;

/** Where tokens of a managed identity come from. */
interface IdentityTokens {

    /**
     * A new one. It fails with an {@link UnusableCredentialException} if only an operator can help, and with anything
     * else if asking again may.
     */
    CompletableFuture<IdentityToken> next();
}
