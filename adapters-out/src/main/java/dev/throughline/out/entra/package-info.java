/**
 * Entra's token endpoint: the on-behalf-of exchange behind {@link dev.throughline.delegation.DelegatedTokens}. The only
 * package from which a person's own token leaves this process, and only as the {@code assertion} of that exchange. May
 * depend on the domain, on {@code out.http} and, for tokens of a managed identity, on msal4j.
 */
@NullMarked
package dev.throughline.out.entra;

import org.jspecify.annotations.NullMarked;
