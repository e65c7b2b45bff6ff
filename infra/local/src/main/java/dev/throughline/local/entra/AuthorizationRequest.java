package dev.throughline.local.entra;

import java.util.Optional;
import java.util.Set;

/**
 * A request to the authorization endpoint whose client and redirect URI are trusted: from here on refusals go back to
 * the client by redirect.
 */
record AuthorizationRequest(Tenant tenant, App app, String redirectUri, Parameters parameters) {

    private static final Set<String> PROMPTS = Set.of("none", "login", "select_account", "consent");

    /** @throws AadException if the client is unknown or the redirect URI is not its own */
    static AuthorizationRequest trusted(Tenant tenant, Directory directory, Parameters parameters) {
        parameters.refuseRepeated();
        String clientId = parameters.required("client_id");
        App app = directory
                .app(tenant, clientId)
                .orElseThrow(() -> new AadException(Aadsts.clientUnknown(clientId, tenant)));
        String redirectUri = parameters.required("redirect_uri");
        if (!app.mayRedirectTo(redirectUri)) {
            throw new AadException(Aadsts.redirectMismatch(redirectUri, app));
        }
        return new AuthorizationRequest(tenant, app, redirectUri, parameters);
    }

    /**
     * @return the scopes asked for
     * @throws AadException if anything else about the request is wrong
     */
    Scopes check(Directory directory) {
        String type = parameters.required("response_type");
        if (!type.equals("code")) {
            throw new AadException(Aadsts.responseTypeUnsupported(type));
        }
        parameters.optional("response_mode").ifPresent(AuthorizationRequest::checkResponseMode);
        parameters
                .optional("prompt")
                .filter(prompt -> !PROMPTS.contains(prompt))
                .ifPresent(prompt -> {
                    throw new AadException(Aadsts.promptUnsupported(prompt));
                });
        checkPkce();
        Scopes scopes = Scopes.parse(parameters.required("scope"), directory, tenant, app)
                .listedFor(app);
        if (parameters
                .optional("resource")
                .filter(r -> !scopes.resource().isKnownAs(r))
                .isPresent()) {
            throw new AadException(Aadsts.resourceMismatch());
        }
        return scopes;
    }

    Optional<String> challenge() {
        return parameters.optional("code_challenge");
    }

    boolean prompts(String prompt) {
        return parameters.optional("prompt").filter(prompt::equals).isPresent();
    }

    Optional<Person> hinted(Directory directory) {
        return parameters.optional("login_hint").flatMap(hint -> directory.personByHint(tenant, hint));
    }

    /** The decision of a script, which counts only with a login hint. */
    Optional<String> scriptedConsent() {
        return parameters.optional("login_hint").isPresent() ? parameters.optional("consent") : Optional.empty();
    }

    boolean wantsClientInfo() {
        return parameters.optional("client_info").filter("1"::equals).isPresent();
    }

    boolean answersInFragment() {
        return parameters.optional("response_mode").filter("fragment"::equals).isPresent();
    }

    private static void checkResponseMode(String mode) {
        if (!mode.equals("query") && !mode.equals("fragment")) {
            throw new AadException(Aadsts.responseModeUnsupported(mode));
        }
    }

    private void checkPkce() {
        Optional<String> method = parameters.optional("code_challenge_method");
        boolean s256 = method.filter("S256"::equals).isPresent();
        if (challenge().isEmpty() && app.isPublic() || challenge().isPresent() && !s256) {
            throw new AadException(Aadsts.pkceRequired());
        }
        if (challenge().filter(value -> !value.matches("[A-Za-z0-9_-]{43}")).isPresent()) {
            throw new AadException(Aadsts.challengeMalformed());
        }
    }
}
