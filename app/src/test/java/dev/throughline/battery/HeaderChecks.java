package dev.throughline.battery;

import static dev.throughline.battery.Check.Level.MUST;
import static dev.throughline.battery.Issuer.Purpose.PRIVILEGED;
import static dev.throughline.battery.Issuer.Purpose.READING;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Headers that name another call than the body (2026-07-28, Server Validation): whoever decides by the one and acts by
 * the other lets a caller do what it may not.
 */
final class HeaderChecks {
    private static final String SOURCE = "MCP streamable HTTP, Server Validation";
    private static final String MISMATCH = "400, error -32020";
    private static final int HEADER_MISMATCH = -32020;

    private HeaderChecks() {}

    static List<Check> all() {
        return List.of(
                bypass("Mcp-Name of the reading tool, the privileged call in the body", HeaderChecks::named),
                bypass(
                        "the same name in the base64 form",
                        (request, reading) -> request.replacing(
                                Era.NAME_HEADER,
                                "=?base64?"
                                        + Base64.getEncoder().encodeToString(reading.getBytes(StandardCharsets.UTF_8))
                                        + "?=")),
                bypass(
                        "both names, the harmless one first",
                        (request, reading) -> named(request, reading)
                                .with(
                                        Era.NAME_HEADER,
                                        request.header(Era.NAME_HEADER).orElseThrow())),
                bypass(
                        "Mcp-Method tools/list, the privileged call in the body",
                        (request, reading) -> request.replacing(Era.METHOD_HEADER, "tools/list")),
                mismatch(
                        "server-header-mismatch",
                        "Mcp-Name of another tool",
                        request -> request.replacing(Era.NAME_HEADER, "another-tool")),
                mismatch(
                        "server-header-mismatch",
                        "Mcp-Method of another method",
                        request -> request.replacing(Era.METHOD_HEADER, "tools/list")),
                mismatch(
                        "server-header-mismatch",
                        "MCP-Protocol-Version other than in the body",
                        request -> request.replacing(Era.VERSION_HEADER, Era.HANDSHAKE.version())),
                mismatch("server-header-missing", "no Mcp-Name", request -> request.without(Era.NAME_HEADER)),
                mismatch("server-header-missing", "no Mcp-Method", request -> request.without(Era.METHOD_HEADER)));
    }

    private static Request named(Request request, String reading) {
        return request.replacing(Era.NAME_HEADER, reading);
    }

    /** With a token that may make the call which the header names, and not the one in the body. */
    private static Check bypass(String sent, BiFunction<Request, String, Request> disguise) {
        return new Check(
                "server-header-policy-bypass",
                MUST,
                SOURCE,
                sent,
                "400, not carried out",
                client -> statelessly(client, () -> {
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
                                if (!control.ran()) {
                                    return Verdict.noControl(control);
                                }
                                Request request =
                                        client.call(READING, call.get()).bearing(less.compact());
                                Answer answer = disguise.apply(
                                                request,
                                                client.target().reading().tool())
                                        .send();
                                return Verdict.of(answer.status() == 400, answer);
                            }));
                }));
    }

    private static Check mismatch(String id, String sent, UnaryOperator<Request> change) {
        return new Check(
                id,
                MUST,
                SOURCE,
                sent,
                MISMATCH,
                client -> statelessly(
                        client,
                        () -> Check.with(client, READING, token -> {
                            Request control = client.reading().bearing(token.compact());
                            return Check.afterControl(control, change.apply(control), HeaderChecks::mismatched);
                        })));
    }

    private static boolean mismatched(Answer answer) {
        return answer.status() == 400 && answer.errorCode() == HEADER_MISMATCH;
    }

    private static Verdict statelessly(Client client, Supplier<Verdict> check) {
        return client.era() == Era.STATELESS
                ? check.get()
                : Verdict.notApplicable("this revision does not repeat the call in headers");
    }
}
