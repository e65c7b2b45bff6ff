package dev.throughline.out.database;

import dev.throughline.access.ApprovalId;
import dev.throughline.access.ConsentId;
import dev.throughline.conversation.Tools;
import dev.throughline.conversation.Waiting;
import dev.throughline.conversation.Waiting.ForConsentElsewhere;
import dev.throughline.conversation.Waiting.ForFunctions;
import dev.throughline.conversation.Waiting.ForServiceCalls;
import dev.throughline.conversation.Waiting.FunctionCall;
import dev.throughline.conversation.Waiting.ServiceCall;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whatever a turn can wait for. */
final class Waitings {
    private Waitings() {}

    static Stream<Waiting> all() {
        return Stream.of(consentElsewhere(), serviceCalls(), functions(), functionsWithoutConsent());
    }

    static Waiting consentElsewhere() {
        return new ForConsentElsewhere(
                "resp_1", "list \"my\" orders\n", "oauthreq_1", URI.create("https://consent.example/a?b=c%20d#e"));
    }

    static Waiting serviceCalls() {
        return new ForServiceCalls(
                "resp_1", List.of(new ServiceCall("mcpr_1", approval()), new ServiceCall("mcpr_2", Optional.empty())));
    }

    static Waiting functions() {
        return new ForFunctions(
                "resp_1",
                List.of(
                        new FunctionCall("call_1", "create-order", everything(), approval(), Optional.empty()),
                        new FunctionCall(
                                "call_2",
                                "list-orders",
                                Map.of(),
                                Optional.empty(),
                                Optional.of(new Tools.Output("{\"items\":[]}", true))),
                        new FunctionCall(
                                "call_3",
                                "no-such-tool",
                                Map.of(),
                                Optional.empty(),
                                Optional.of(new Tools.Output("There is no such tool.", false)))),
                Optional.of(new ConsentId(UUID.randomUUID())));
    }

    private static Waiting functionsWithoutConsent() {
        return new ForFunctions("resp_1", List.of(), Optional.empty());
    }

    private static Optional<ApprovalId> approval() {
        return Optional.of(new ApprovalId(UUID.randomUUID()));
    }

    /** An agent can send any JSON at all. */
    private static Map<String, @Nullable Object> everything() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("zero", 0);
        values.put("int", Integer.MIN_VALUE);
        values.put("long", Long.MAX_VALUE);
        values.put("more", new BigDecimal("9223372036854775808"));
        values.put("decimal", new BigDecimal("-1.50"));
        values.put("power", new BigDecimal("1E+3"));
        values.put("null", null);
        values.put("true", true);
        values.put("false", false);
        values.put("text", "Zoë \"\\\n\u0000\u0001\u2028\uD83D\uDE00");
        values.put("\u0000", "");
        values.put("list", Arrays.asList(1, null, List.of(), Map.of("a", List.of("b"))));
        values.put("object", new LinkedHashMap<>(Map.of("deep", Map.of("deeper", "deepest"))));
        return values;
    }
}
