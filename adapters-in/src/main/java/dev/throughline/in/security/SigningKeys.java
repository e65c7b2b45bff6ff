package dev.throughline.in.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's signing keys, held as an immutable snapshot. Known keys never wait: an ageing snapshot is renewed in the
 * background. An unknown key id causes at most one fetch in half a minute, however many callers send one.
 */
final class SigningKeys {
    private static final System.Logger LOG = System.getLogger(SigningKeys.class.getName());
    private static final Duration FRESH = Duration.ofSeconds(45);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(2);
    private static final Duration GOOD_WITHOUT_ISSUER = Duration.ofHours(24);
    private static final int MAX_BYTES = 50 * 1024;
    private static final int MIN_KEY_BITS = 2048;

    private final URI uri;
    private final Clock clock;
    private final Executor background;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(1))
            .followRedirects(Redirect.NEVER)
            .build();
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Snapshot snapshot;
    private volatile Instant lastAttempt = Instant.EPOCH;

    SigningKeys(URI uri, Clock clock, Executor background) {
        this.uri = uri;
        this.clock = clock;
        this.background = background;
    }

    private record Snapshot(Map<String, RSAPublicKey> keys, Instant fetchedAt) {}

    /** The key of that id, to verify RS256 signatures with. */
    RSAPublicKey key(String id) throws RejectedTokenException {
        Snapshot known = snapshot;
        if (known == null || !known.keys().containsKey(id)) {
            fetchUnlessTooSoon(known);
            known = snapshot;
        } else if (age(known).compareTo(FRESH) > 0) {
            background.execute(() -> fetchUnlessTooSoon(snapshot));
        }
        if (known == null || age(known).compareTo(GOOD_WITHOUT_ISSUER) > 0) {
            throw new RejectedTokenException(TokenRejection.KEYS_UNAVAILABLE);
        }
        RSAPublicKey key = known.keys().get(id);
        if (key == null) {
            throw new RejectedTokenException(TokenRejection.KEY_UNKNOWN);
        }
        return key;
    }

    /** Whether any token can be verified now. */
    boolean ready() {
        if (snapshot == null) {
            fetchUnlessTooSoon(null);
        }
        return snapshot != null;
    }

    private Duration age(Snapshot known) {
        return Duration.between(known.fetchedAt(), clock.instant());
    }

    private void fetchUnlessTooSoon(@Nullable Snapshot seen) {
        fetching.lock();
        try {
            boolean renewedMeanwhile = snapshot != seen;
            Duration wait = seen == null ? BETWEEN_FAILURES : BETWEEN_FETCHES;
            if (!renewedMeanwhile && !clock.instant().isBefore(lastAttempt.plus(wait))) {
                lastAttempt = clock.instant();
                snapshot = new Snapshot(fetch(), clock.instant());
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "jwks_fetch_failed uri={0} cause={1}", uri, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            fetching.unlock();
        }
    }

    private Map<String, RSAPublicKey> fetch() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (response.statusCode() != 200 || bytes.length > MAX_BYTES) {
                throw new IOException("status " + response.statusCode() + " with " + bytes.length + " bytes");
            }
            return usable(JWKSet.parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (ParseException e) {
            throw new IOException("not a key set", e);
        }
    }

    private static Map<String, RSAPublicKey> usable(JWKSet set) throws IOException {
        Map<String, RSAPublicKey> keys = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (JWK jwk : set.getKeys()) {
            RSAPublicKey key = usable(jwk);
            if (key == null || keys.put(jwk.getKeyID(), key) != null) {
                LOG.log(System.Logger.Level.WARNING, "jwks_key_rejected kid={0}", jwk.getKeyID());
                ambiguous.add(jwk.getKeyID());
            }
        }
        ambiguous.forEach(keys::remove);
        if (keys.isEmpty()) {
            throw new IOException("no usable key");
        }
        return Map.copyOf(keys);
    }

    private static @Nullable RSAPublicKey usable(JWK jwk) {
        boolean forSignatures = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean forRs256 =
                jwk.getAlgorithm() == null || jwk.getAlgorithm().getName().equals("RS256");
        if (jwk instanceof RSAKey rsa && jwk.getKeyID() != null && forSignatures && forRs256 && !rsa.isPrivate()) {
            try {
                RSAPublicKey key = rsa.toRSAPublicKey();
                return key.getModulus().bitLength() >= MIN_KEY_BITS ? key : null;
            } catch (com.nimbusds.jose.JOSEException e) {
                return null;
            }
        }
        return null;
    }
}
