package dev.throughline.matrix;

import java.util.List;

/** The cases about other issuers and passed-through tokens that {@link OtherIssuersIT} shows. */
final class IssuerCases {
    static final Case V1 = new Case("T108", "the tenant's issuer of version 1.0, where it is listed", "let in");
    static final Case V1_VERSION =
            new Case("T109", "that issuer, where it is listed, and ver 2.0", "401 `version_mismatch`");
    static final Case V1_CLIENT =
            new Case("T157", "that issuer, and the client where version 2.0 has it", "401 `client_missing`");
    static final Case PROVIDER = new Case("T102", "another OpenID provider, where it is listed", "let in");
    static final Case PROVIDER_TENANT =
            new Case("T112", "another provider that claims a tenant", "401 `tenant_mismatch`");
    static final Case PROVIDERS_KEY =
            new Case("T074", "our tenant's issuer, signed with the other provider's key", "401 `key_unknown`");
    static final Case PROVIDERS_APP =
            new Case("T147", "another provider's application as itself", "403 `user_required`");
    static final Case PROVIDERS_SCOPES =
            new Case("T201", "another provider that has scopes where Entra has them", "403 `user_required`");
    static final Case ACTOR = new Case(
            "T215", "an actor that is a registered agent", "let in; what it may do is the person's and the agent's");
    static final Case ACTORS = new Case("T215", "seven registered actors", "let in");
    static final Case STRANGER =
            new Case("T216", "another provider's token with an unknown actor", "403 `client_not_registered`");
    static final Case STRANGER_BEHIND =
            new Case("T216", "an unknown actor behind a registered one", "403 `client_not_registered`");
    static final Case TOO_MANY = new Case("T217", "another provider's token with eight actors", "401 `claims_invalid`");
    static final Case SELF =
            new Case("T218", "another provider's subject that acts for itself", "401 `claims_invalid`");
    static final Case GRANT =
            new Case("T152", "an agent that has not been granted the tool", "403 `tool_not_granted` by the policy");
    static final Case PASSED = new Case(
            "T123",
            "a token for Foundry that is passed through, where that is switched on",
            "own rows, reading, on MCP alone; its roles and scopes are ignored");
    static final Case NOT_SWITCHED_ON =
            new Case("T123", "the same token, where that is switched off", "401 `audience_mismatch`");
    static final Case PASSED_BY_OTHERS =
            new Case("T123", "the same token of a client that is not listed", "403 `client_not_registered`");
    static final Case PASSED_V2 = new Case(
            "T123", "a token of version 2.0 for Foundry, where that is switched on", "401 `audience_mismatch`");

    static final List<Case> ALL = List.of(
            V1,
            V1_VERSION,
            V1_CLIENT,
            PROVIDER,
            PROVIDER_TENANT,
            PROVIDERS_KEY,
            PROVIDERS_APP,
            PROVIDERS_SCOPES,
            ACTOR,
            ACTORS,
            STRANGER,
            STRANGER_BEHIND,
            TOO_MANY,
            SELF,
            GRANT,
            PASSED,
            NOT_SWITCHED_ON,
            PASSED_BY_OTHERS,
            PASSED_V2);

    private IssuerCases() {}
}
