package dev.throughline.in.wire;

import dev.throughline.access.Approval;
import dev.throughline.in.http.Representation;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person is asked to approve, as they are shown it.
 *
 * @param id names it
 * @param agent who wants it
 * @param tool what it wants to call
 * @param arguments with what
 * @param before the order as it was; null for a new one
 * @param after the order as it would be; null if it would be gone
 * @param expiresAt when it is too late
 * @param state {@code pending}, {@code approved}, {@code denied}, {@code used} or {@code expired}
 * @param conversationId the conversation that waits for it; null where it is not looked at in one
 */
public record WireApproval(
        String id,
        String agent,
        String tool,
        Map<String, @Nullable Object> arguments,
        Optional<Map<String, Object>> before,
        Optional<Map<String, Object>> after,
        String expiresAt,
        String state,
        Optional<String> conversationId)
        implements Representation {

    /** An approval as it is at a moment. */
    public static WireApproval of(Approval approval, Instant now) {
        return of(approval, now, Optional.empty());
    }

    /** An approval as it is at a moment, in the conversation that waits for it. */
    public static WireApproval of(Approval approval, Instant now, String conversation) {
        return of(approval, now, Optional.of(conversation));
    }

    private static WireApproval of(Approval approval, Instant now, Optional<String> conversation) {
        boolean expired = approval.expiredAt(now)
                && (approval.state() == Approval.State.PENDING || approval.state() == Approval.State.APPROVED);
        return new WireApproval(
                approval.id().toString(),
                approval.proposal().agent(),
                approval.proposal().action().tool(),
                approval.arguments(),
                approval.before(),
                approval.after(),
                approval.expiresAt().toString(),
                expired ? "expired" : approval.state().name().toLowerCase(Locale.ROOT),
                conversation);
    }
}
