package dev.throughline.clients;

import dev.throughline.e2e.Person;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.run.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The TypeScript SDK's client: visits the endpoint, lists its tools and calls some. */
final class TypeScriptClient {
    static final String DESKTOP = "c0ffee00-0000-4000-8000-0000000000a4";
    static final String NIGHT_AGENT = "c0ffee00-0000-4000-8000-0000000000a5";

    private final NodeProgram program = new NodeProgram("order-desk", Duration.ofMinutes(1));
    private final LocalStack stack;

    TypeScriptClient(LocalStack stack) {
        this.stack = stack;
    }

    /** Nobody signs in. */
    Visit anonymous(String... more) {
        return visit(Map.of(), more);
    }

    /** A person signs in by the desktop client, at the place that discovery leads to. */
    Visit person(Person person, String... more) {
        return visit(Map.of(), with(more, "--client-id", DESKTOP, "--login-hint", person.login));
    }

    /** The agent signs in as itself. */
    Visit nightAgent(String... more) {
        LocalSecrets secrets =
                LocalSecrets.loadOrCreate(stack.server().console().getParent().getParent());
        return agent(secrets.nightAgentSecret(), more);
    }

    /** The agent signs in with any secret. */
    Visit agent(String secret, String... more) {
        return visit(
                Map.of("AGENT_SECRET", secret),
                with(more, "--client-id", NIGHT_AGENT, "--client-secret-env", "AGENT_SECRET"));
    }

    /** Somebody has a token already. */
    Visit bearing(String token, String... more) {
        return visit(Map.of("TOKEN", token), with(more, "--token-env", "TOKEN"));
    }

    private Visit visit(Map<String, String> environment, String... options) {
        NodeProgram.Run run = program.run(environment, List.of(with(options, stack.web() + "api/v1/mcp")));
        if (run.printed().isBlank()) {
            throw new AssertionError("The client said nothing but: " + run.complained());
        }
        return new Visit(new JsonMapper().readTree(run.printed()));
    }

    /** The endpoint's address stands before the arguments of calls, which have no name either. */
    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of(options));
        return all.toArray(String[]::new);
    }

    /** What the client tells of a visit. */
    record Visit(JsonNode told) {

        List<String> tools() {
            return texts("/tools");
        }

        /** What was said in return to a call. */
        JsonNode call(int index) {
            return told.at("/calls/" + index);
        }

        /** The parameters of each request to the authorization server, in their order. */
        JsonNode asked(int index) {
            return told.at("/asked/" + index);
        }

        int timesAsked() {
            return told.path("asked").size();
        }

        String text(String pointer) {
            return told.at(pointer).asString();
        }

        private List<String> texts(String pointer) {
            List<String> texts = new ArrayList<>();
            told.at(pointer).forEach(text -> texts.add(text.asString()));
            return texts;
        }

        @Override
        public String toString() {
            return told.toString();
        }
    }
}
