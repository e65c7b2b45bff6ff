package dev.throughline.out.entra;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * Tokens of a user-assigned managed identity, by Microsoft's library: it knows where each kind of Azure host gives them
 * out, from the variables that the host sets.
 */
final class MsalIdentityTokens implements IdentityTokens {
    /** What a federated credential of an app registration expects its tokens to be made for (public cloud). */
    private static final String TOKEN_EXCHANGE = "api://AzureADTokenExchange";

    private final ClientCredential.ManagedIdentity identity;
    private final IHttpClient http;
    private final ExecutorService threads = ExchangeThreads.create();

    MsalIdentityTokens(ClientCredential.ManagedIdentity identity) {
        this(identity, new IdentityHttp());
    }

    MsalIdentityTokens(ClientCredential.ManagedIdentity identity, IHttpClient http) {
        this.identity = identity;
        this.http = http;
    }

    @Override
    public CompletableFuture<IdentityToken> next() {
        return CompletableFuture.supplyAsync(this::application, threads)
                .thenCompose(MsalIdentityTokens::acquired)
                .thenApply(result -> new IdentityToken(
                        result.accessToken(), result.expiresOnDate().toInstant()))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(IdentityHttp.told(failure)));
    }

    /** Made for each token: tokens are few, and where they come from is looked up when it is known. */
    private ManagedIdentityApplication application() {
        return ManagedIdentityApplication.builder(ManagedIdentityId.userAssignedClientId(identity.clientId()))
                .httpClient(http)
                .executorService(threads)
                // Who waits for the token asks again; the library would wait up to minutes in between.
                .disableInternalRetries()
                .build();
    }

    private static CompletableFuture<IAuthenticationResult> acquired(ManagedIdentityApplication application) {
        try {
            // Not from the library's cache, which all applications of a process share: ours knows when one is due.
            return application.acquireTokenForManagedIdentity(ManagedIdentityParameters.builder(TOKEN_EXCHANGE)
                    .forceRefresh(true)
                    .build());
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
