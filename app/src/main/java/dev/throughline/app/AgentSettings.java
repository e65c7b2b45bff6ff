package dev.throughline.app;

import dev.throughline.out.foundry.FoundrySettings.Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whom people talk to.
 *
 * @param registry the file of the agent registry
 * @param agent the agent that the chat opens with
 * @param project the project's endpoint, without a slash at its end
 * @param endpoint where in the project new conversations begin
 * @param conversations whether new conversations are kept there as such, rather than as a chain of responses
 * @param consentLinkHosts the hosts that a consent link may lead to, in lower case
 */
record AgentSettings(
        Path registry,
        String agent,
        URI project,
        Endpoint endpoint,
        boolean conversations,
        Set<String> consentLinkHosts) {
    private static final String PROJECT = "FOUNDRY_PROJECT_ENDPOINT";
    private static final String HOSTS = "CONSENT_LINK_HOSTS";
    private static final Pattern PROJECT_PATH = Pattern.compile("/api/projects/[^/]+");
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)*|\\[[0-9a-f:]+]");

    static AgentSettings read(Variables variables, Addresses addresses, Environment environment) {
        return new AgentSettings(
                Path.of(variables.required("AGENTS_FILE")),
                variables.required("AGENT_NAME"),
                project(addresses),
                variables.isFirst("FOUNDRY_ENDPOINT", "project", "agent") ? Endpoint.PROJECT : Endpoint.AGENT,
                !variables.isFirst("FOUNDRY_CONVERSATIONS", "false", "true"),
                hosts(variables, environment));
    }

    private static URI project(Addresses addresses) {
        URI project = addresses.of(PROJECT, Optional.empty());
        if (!PROJECT_PATH.matcher(project.getPath()).matches()) {
            throw new InvalidSettingException(
                    PROJECT,
                    "must name a project, such as https://{account}.services.ai.azure.com/api/projects/{project}");
        }
        return project;
    }

    /** None by mistake outside a local run, where every consent would then fail. */
    private static Set<String> hosts(Variables variables, Environment environment) {
        Set<String> hosts = variables.list(HOSTS).orElse(List.of()).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if (hosts.isEmpty() && environment != Environment.LOCAL) {
            throw new InvalidSettingException(HOSTS, "is not set");
        }
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            throw new InvalidSettingException(
                    HOSTS, "must list hosts without scheme, port and path, such as login.example.com or *.example.com");
        }
        return hosts;
    }
}
