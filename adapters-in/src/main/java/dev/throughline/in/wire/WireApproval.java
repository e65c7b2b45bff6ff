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
 */
public record WireApproval(
        String id,
        String agent,
        String tool,
        Map<String, @Nullable Object> arguments,
        Optional<Map<String, Object>> before,
        Optional<Map<String, Object>> after,
        String expiresAt,
        String state)
        implements Representation {

    /** An approval as it is at a moment. */
    public static WireApproval of(Approval approval, Instant now) {
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
                expired ? "expired" : approval.state().name().toLowerCase(Locale.ROOT));
    }
}
