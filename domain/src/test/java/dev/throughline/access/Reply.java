package dev.throughline.access;

import dev.throughline.access.Approval.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What is known of a person's answer to what an agent wants: nothing, or an answer of which one part is about something
 * else than is wanted now.
 *
 * @param state how far the approval has come; {@code UNKNOWN} where there is none, {@code UNASKED} where nobody looked
 * @param part the part that is different
 * @param askedOtherwise whether the proposal is different, too, with which it was looked up
 * @param expired whether it is too late for it
 */
record Reply(String state, Part part, boolean askedOtherwise, boolean expired) {
    static final Reply UNASKED = new Reply("UNASKED", Part.NOTHING, false, false);
    static final Reply UNKNOWN = new Reply("UNKNOWN", Part.NOTHING, false, false);
    static final Reply YES = new Reply("APPROVED", Part.NOTHING, false, false);
    static final Reply NO = new Reply("DENIED", Part.NOTHING, false, false);
    static final ApprovalId ID = new ApprovalId(new UUID(0, 0xa));

    /** A part of a proposal. */
    enum Part {
        NOTHING,
        TENANT,
        PERSON,
        AGENT,
        TOOL,
        ARGUMENTS,
        VERSION,
        RULES
    }

    static List<Reply> all() {
        List<Reply> all = new ArrayList<>(List.of(UNASKED, UNKNOWN));
        for (State state : State.values()) {
            for (Part part : Part.values()) {
                for (boolean expired : new boolean[] {true, false}) {
                    all.add(new Reply(state.name(), part, true, expired));
                    all.add(new Reply(state.name(), part, false, expired));
                }
            }
        }
        return all;
    }

    /** The facts of a call of Vic's agent, with this reply. */
    Facts to(Facts facts, Action action) {
        Proposal wanted = wanted(action);
        if (state.equals("UNASKED")) {
            return facts;
        }
        if (state.equals("UNKNOWN")) {
            return facts.answered(wanted, Optional.empty());
        }
        Proposal other = other(wanted);
        Approval approval = new Approval(
                ID,
                other,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                State.valueOf(state),
                expired ? TestCallers.NOW : TestCallers.NOW.plus(Duration.ofNanos(1)));
        return facts.answered(askedOtherwise ? other : wanted, Optional.of(approval));
    }

    private static Proposal wanted(Action action) {
        return new Proposal(
                TestCallers.TENANT,
                TestCallers.VIC,
                "agent",
                action,
                "digest",
                OptionalLong.of(1),
                PolicyVersion.CURRENT);
    }

    private Proposal other(Proposal it) {
        return new Proposal(
                part == Part.TENANT ? new TenantId(new UUID(0, 2)) : it.tenant(),
                part == Part.PERSON ? TestCallers.PAT : it.user(),
                part == Part.AGENT ? "another-agent" : it.agent(),
                part == Part.TOOL ? another(it.action()) : it.action(),
                part == Part.ARGUMENTS ? "another-digest" : it.argumentsDigest(),
                part == Part.VERSION ? OptionalLong.of(2) : it.version(),
                part == Part.RULES ? "0000000000000000" : it.policyVersion());
    }

    private static Action another(Action action) {
        return action == Action.UPDATE_ORDER ? Action.CREATE_ORDER : Action.UPDATE_ORDER;
    }
}
