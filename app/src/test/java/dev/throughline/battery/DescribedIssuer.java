package dev.throughline.battery;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An issuer of which a file tells the claims of its good tokens, and perhaps its key. */
final class DescribedIssuer implements Issuer {
    private static final int LIFE_SECONDS = 3600;

    private final Json description;
    private final Optional<RSAKey> key;

    DescribedIssuer(Json description, Optional<RSAKey> key) {
        this.description = description;
        this.key = key;
        if (token(Purpose.READING).isEmpty()) {
            throw new IllegalArgumentException("The file must tell a token for 'reading'");
        }
    }

    @Override
    public Optional<Token> token(Purpose purpose) {
        Json token = description.at("tokens").at(purpose.name().toLowerCase(Locale.ROOT));
        return token.text().map(Token::ready).or(() -> token.exists() ? Optional.of(signed(token)) : Optional.empty());
    }

    private Token signed(Json token) {
        RSAKey signing = key.orElseThrow(() -> new IllegalArgumentException("Claims alone need 'keys' to be signed"));
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(token.members());
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + LIFE_SECONDS);
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "JWT");
        header.put("alg", "RS256");
        header.put("kid", signing.getKeyID());
        try {
            return Token.of(header, claims, Keys.rs256(signing.toPrivateKey()));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("'keys' must hold the private half", e);
        }
    }

    @Override
    public Optional<Token> scoped(Set<String> scopes) {
        Optional<String> claim = description.at("scope_claim").text();
        String prefix = description.at("scope_prefix").text().orElse("");
        String names = scopes.stream()
                .map(scope -> scope.startsWith(prefix) ? scope.substring(prefix.length()) : scope)
                .collect(Collectors.joining(" "));
        return claim.flatMap(
                name -> token(Purpose.READING).filter(Token::signable).map(token -> token.with(name, names)));
    }

    @Override
    public Optional<RSAPublicKey> publicKey() {
        return key.map(known -> {
            try {
                return known.toRSAPublicKey();
            } catch (JOSEException e) {
                throw new IllegalArgumentException("'keys' must hold RSA keys", e);
            }
        });
    }
}
