package dev.throughline.app;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Reads the names under which tokens are made for us, and for nobody else. */
final class Audiences {
    static final String VARIABLE = "AUTH_AUDIENCES";

    /** The agent service's own audience. */
    static final String FOUNDRY = "https://ai.azure.com";

    /** APIs of Microsoft for which every app of a tenant can get tokens, by their names and their ids. */
    private static final Set<String> OF_OTHERS = Set.of(
            "https://graph.microsoft.com",
            "00000003-0000-0000-c000-000000000000",
            "https://graph.windows.net",
            "00000002-0000-0000-c000-000000000000",
            "https://management.azure.com",
            "https://management.core.windows.net",
            "https://cognitiveservices.azure.com",
            "https://ossrdbms-aad.database.windows.net",
            "https://vault.azure.net",
            "https://storage.azure.com");

    private Audiences() {}

    static Set<String> read(Variables variables, UUID client) {
        List<String> audiences = variables.list(VARIABLE).orElse(List.of(client.toString(), "api://" + client));
        audiences.forEach(Audiences::require);
        return Set.copyOf(audiences);
    }

    private static void require(String audience) {
        String name = audience.toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
        if (name.equals(FOUNDRY)) {
            throw new InvalidSettingException(
                    VARIABLE, "must not hold " + audience + ", which is the agent service's own audience");
        }
        if (OF_OTHERS.contains(name)) {
            throw new InvalidSettingException(
                    VARIABLE, "must not hold " + audience + ", for which tokens are made that are not meant for us");
        }
        if (audience.contains("*")) {
            throw new InvalidSettingException(VARIABLE, "must name each audience whole, without *");
        }
    }
}
