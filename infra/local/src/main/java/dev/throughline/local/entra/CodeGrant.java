package dev.throughline.local.entra;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** {@code authorization_code}: a code is good for one exchange, by the client and for the redirect it was made for. */
final class CodeGrant implements Grant {

    private final Directory directory;
    private final Expiring<AuthorizationCode> codes;
    private final TokenAnswers answers;
    private final Clock clock;

    CodeGrant(Directory directory, Expiring<AuthorizationCode> codes, TokenAnswers answers, Clock clock) {
        this.directory = directory;
        this.codes = codes;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> redeem(Tenant tenant, App app, Parameters form) {
        AuthorizationCode code =
                codes.find(form.required("code")).orElseThrow(() -> new AadException(Aadsts.codeInvalid()));
        check(code, tenant, app, form);
        Scopes scopes = narrowed(code, tenant, form);
        if (code.redeemed().getAndSet(true)) {
            throw new AadException(Aadsts.codeRedeemed());
        }
        return answers.delegated(code.person(), app, scopes, code.signedIn(), code.nonce(), form);
    }

    private void check(AuthorizationCode code, Tenant tenant, App app, Parameters form) {
        if (!code.person().tenant().equals(tenant)) {
            throw new AadException(Aadsts.otherTenant());
        }
        if (!code.app().clientId().equals(app.clientId())) {
            throw new AadException(Aadsts.codeInvalid());
        }
        if (!code.redirectUri().equals(form.required("redirect_uri"))) {
            throw new AadException(Aadsts.replyAddressMismatch());
        }
        if (!code.challenge().equals(form.optional("code_verifier").flatMap(CodeGrant::challenge))) {
            throw new AadException(Aadsts.verifierMismatch());
        }
        if (code.redeemed().get()) {
            throw new AadException(Aadsts.codeRedeemed());
        }
        if (!clock.instant().isBefore(code.expires())) {
            throw new AadException(Aadsts.codeExpired());
        }
    }

    /** A scope parameter may ask for less than was authorized, never for more. */
    private Scopes narrowed(AuthorizationCode code, Tenant tenant, Parameters form) {
        Optional<String> asked = form.optional("scope");
        if (asked.isEmpty()) {
            return code.scopes();
        }
        Scopes scopes = Scopes.parse(asked.get(), directory, tenant, code.app());
        boolean within = scopes.resource().equals(code.scopes().resource())
                && (code.scopes().everything()
                        || !scopes.everything() && code.scopes().names().containsAll(scopes.names()))
                && code.scopes().openId().containsAll(scopes.openId());
        if (!within) {
            throw new AadException(Aadsts.scopeInvalid(asked.get(), "The code was issued for other scopes."));
        }
        return scopes;
    }

    private static Optional<String> challenge(String verifier) {
        try {
            return Optional.of(CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
                    .getValue());
        } catch (IllegalArgumentException e) {
            // Too short, too long or with other characters than RFC 7636, section 4.1, allows.
            return Optional.of("");
        }
    }
}
