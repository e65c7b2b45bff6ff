package dev.throughline.local.entra;

import java.util.Map;

/** {@code client_credentials}: the application as itself. */
final class ClientCredentialsGrant implements Grant {

    private final Directory directory;
    private final TokenAnswers answers;

    ClientCredentialsGrant(Directory directory, TokenAnswers answers) {
        this.directory = directory;
        this.answers = answers;
    }

    @Override
    public Map<String, Object> redeem(Tenant tenant, App app, Parameters form) {
        if (app.secret().isEmpty()) {
            throw new AadException(Aadsts.secretMissing());
        }
        String scope = form.required("scope");
        if (scope.contains(" ") || !scope.endsWith("/" + Resource.DEFAULT_SCOPE)) {
            throw new AadException(Aadsts.defaultScopeNeeded(scope));
        }
        return answers.appOnly(
                tenant, app, Scopes.parse(scope, directory, tenant, app).resource(), form);
    }
}
