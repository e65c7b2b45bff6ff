package dev.throughline.local.foundry;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;

/** The issuer's signing keys, fetched over HTTP as any other resource server fetches them. */
final class SigningKeys {

    private static final long KEPT = Duration.ofMinutes(5).toMillis();
    private static final long WAIT_FOR_ANOTHER_FETCH = Duration.ofSeconds(5).toMillis();
    private static final long BETWEEN_FETCHES = Duration.ofSeconds(30).toMillis();

    private SigningKeys() {}

    /** Keys at an address: cached, and fetched anew for an unknown key id at most once in 30 s. */
    static JWKSource<SecurityContext> at(URI address) {
        try {
            DefaultResourceRetriever http = new DefaultResourceRetriever(2_000, 2_000, 64 * 1024);
            return JWKSourceBuilder.create(address.toURL(), http)
                    .cache(KEPT, WAIT_FOR_ANOTHER_FETCH)
                    .refreshAheadCache(false)
                    .rateLimited(BETWEEN_FETCHES)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
