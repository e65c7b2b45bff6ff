package dev.throughline.local.entra;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** {@code refresh_token}: new tokens for as long as the person's consent and sign-in stand. */
final class RefreshGrant implements Grant {

    private final Directory directory;
    private final RefreshTokens refreshTokens;
    private final Revocations revocations;
    private final TokenAnswers answers;
    private final Clock clock;

    RefreshGrant(
            Directory directory,
            RefreshTokens refreshTokens,
            Revocations revocations,
            TokenAnswers answers,
            Clock clock) {
        this.directory = directory;
        this.refreshTokens = refreshTokens;
        this.revocations = revocations;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> redeem(Tenant tenant, App app, Parameters form) {
        RefreshTokens.Note note = refreshTokens
                .read(form.required("refresh_token"))
                .filter(found -> found.client().equals(app.clientId()))
                .orElseThrow(() -> new AadException(Aadsts.refreshTokenInvalid()));
        if (!note.tenant().equals(tenant.id())) {
            throw new AadException(Aadsts.otherTenant());
        }
        Person person = directory
                .personById(tenant, note.person())
                .orElseThrow(() -> new AadException(Aadsts.refreshTokenInvalid()));
        if (clock.millis() >= note.expires()) {
            throw new AadException(Aadsts.refreshTokenExpired());
        }
        Instant signedIn = Instant.ofEpochMilli(note.signedIn());
        if (revocations.cover(person, signedIn)) {
            throw new AadException(Aadsts.refreshTokenRevoked());
        }
        // As in the real service the token is not bound to its first scopes: all that was consented to may be asked.
        Scopes scopes = Scopes.parse(form.optional("scope").orElse(note.scope()), directory, tenant, app)
                .listedFor(app);
        return answers.delegated(person, app, scopes, signedIn, "", form);
    }
}
