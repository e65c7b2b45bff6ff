package dev.throughline.battery;

import static dev.throughline.battery.Check.Level.SHOULD;
import static dev.throughline.battery.Issuer.Purpose.PRIVILEGED;
import static dev.throughline.battery.Issuer.Purpose.READING;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How a client learns that a call needs more scopes than its token has, and whether that is then enough. */
final class StepUpChecks {
    private static final String SOURCE = "MCP authorization, Runtime Insufficient Scope Errors";

    private StepUpChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "step-up-403-response",
                        "the privileged call with a token that only reads",
                        "403, error=\"insufficient_scope\"",
                        (client, refused) -> Verdict.of(insufficient(refused), refused)),
                check(
                        "step-up-scope-in-header",
                        "the same",
                        "all scopes that the call needs, in one challenge",
                        (client, refused) -> named(client, refused.challenge().scopes())),
                check(
                        "step-up-success-after-escalation",
                        "the same, then with a token of exactly the scopes of that challenge",
                        "the call is carried out",
                        StepUpChecks::escalated),
                check(
                        "step-up-resource-metadata",
                        "the same",
                        "resource_metadata in the challenge",
                        (client, refused) -> Verdict.of(
                                refused.challenge()
                                        .parameter("resource_metadata")
                                        .isPresent(),
                                refused)),
                new Check(
                        "server-list-before-step-up",
                        SHOULD,
                        SOURCE,
                        "tools/list with a token that only reads",
                        "the privileged tool is listed, or the step-up could not be reached",
                        StepUpChecks::listed));
    }

    private static Check check(String id, String sent, String expected, BiFunction<Client, Answer, Verdict> judge) {
        return new Check(
                id,
                SHOULD,
                SOURCE,
                sent,
                expected,
                client -> privileged(client, refused -> judge.apply(client, refused)));
    }

    /** The control is the same call with all scopes; a tool's own error will do, since the call may be for nothing. */
    private static Verdict privileged(Client client, Function<Answer, Verdict> judge) {
        Optional<Target.ToolCall> call = client.target().privileged();
        if (call.isEmpty()) {
            return Verdict.notApplicable("no tool of this server needs more scopes");
        }
        return Check.with(
                client,
                PRIVILEGED,
                all -> Check.with(client, READING, less -> {
                    Answer control = client.call(PRIVILEGED, call.get())
                            .bearing(all.compact())
                            .send();
                    return control.ran()
                            ? judge.apply(client.call(READING, call.get())
                                    .bearing(less.compact())
                                    .send())
                            : Verdict.noControl(control);
                }));
    }

    private static boolean insufficient(Answer answer) {
        return answer.status() == 403 && answer.challenge().error("insufficient_scope");
    }

    private static Verdict named(Client client, Set<String> scopes) {
        return Verdict.of(
                scopes.containsAll(client.target().privilegedScopes()), "scope names " + scopes.size() + ": " + scopes);
    }

    private static Verdict escalated(Client client, Answer refused) {
        Set<String> scopes = refused.challenge().scopes();
        if (scopes.isEmpty()) {
            return Verdict.of(false, "the challenge names no scope");
        }
        Optional<Token> token = client.target().issuer().scoped(scopes);
        if (token.isEmpty()) {
            return Verdict.notApplicable("the issuer of this run issues no other scopes");
        }
        Answer answer = client.call(READING, client.target().privileged().orElseThrow())
                .bearing(token.get().compact())
                .send();
        return Verdict.of(answer.ran(), answer);
    }

    private static Verdict listed(Client client) {
        return privileged(
                client,
                refused -> Check.with(client, READING, token -> {
                    Answer answer = client.request(READING, "tools/list", java.util.Map.of())
                            .bearing(token.compact())
                            .send();
                    String name = client.target().privileged().orElseThrow().tool();
                    boolean listed = answer.result()
                            .at("tools")
                            .elements()
                            .anyMatch(tool -> tool.at("name").text().equals(Optional.of(name)));
                    return Verdict.of(listed, listed ? "listed" : "not listed");
                }));
    }
}
