package dev.throughline.in.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.throughline.in.http.Representation;
import dev.throughline.in.wire.WireApproval;
import dev.throughline.in.wire.WireConsent;
import dev.throughline.in.wire.WireHop;
import java.util.List;
import java.util.Optional;

/** A turn, told at its end. */
record ChatAnswer(
        Optional<String> conversationId,
        Optional<AgentInfo> agent,
        String text,
        List<Tool> toolCalls,
        List<WireApproval> approvals,
        List<WireConsent> consents,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Failure> error,
        List<WireHop> trail)
        implements Representation {

    /** Who answered. */
    record AgentInfo(String name, String mode) {}

    /** A tool call and how it went. */
    record Tool(String name, String status) {}

    /** Why the turn ended without an answer. */
    record Failure(String reason, String detail, String correlationId) {}
}
