package dev.throughline.access;

import java.util.Locale;

/** Why a caller may not do something that no further scope would mend. */
public enum DenyReason {
    ROLE_NOT_SUFFICIENT("Your role does not allow this; ask an administrator of the order desk for one that does."),
    TOOL_NOT_GRANTED("This agent has not been granted this tool; ask your administrator to add it to its grant."),
    APPROVAL_NOT_AVAILABLE(
            "An agent may change orders only with your approval, and approvals are not available yet; change the order"
                    + " yourself over REST."),
    APP_MAY_NOT_CHAT("Only the web chat may talk to agents; sign in there.");

    private final String sentence;

    DenyReason(String sentence) {
        this.sentence = sentence;
    }

    /** The reason's stable name on the wire, in logs and in records. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a person can do about it, in one sentence. */
    public String sentence() {
        return sentence;
    }
}
