package dev.throughline.access;

import java.util.Locale;

/** Why a caller may not do something that no further scope would mend. There are no other reasons. */
public enum DenyReason {
    OTHER_TENANT(DenyReason.NO_SUCH_ORDER),
    AGENT_IDENTITY_SHARED(
            "Several agents share this identity, so that nobody can tell which one acts; give the agent an"
                    + " identity of its own."),
    SIGN_IN_ENDED("Your sign-in has ended; sign in again."),
    USER_REQUIRED("This needs a person: sign in as one instead of as an application."),
    MCP_ONLY("An agent that cannot be told from others may use the tools of the MCP endpoint only."),
    READING_ONLY("This agent may read only, since it does not act for a person whom it could ask, or is not known."),
    ROLE_NOT_SUFFICIENT("Your role does not allow this; ask an administrator of the order desk for one that does."),
    TOOL_NOT_GRANTED("This agent has not been granted this tool; ask your administrator to add it to its grant."),
    APP_MAY_NOT_CHAT("Only the web chat may talk to agents; sign in there."),
    NOT_OWNER(DenyReason.NO_SUCH_ORDER),
    APPROVAL_NOT_AVAILABLE(
            "An agent may change orders only with your approval, and approvals are not available yet; change the order"
                    + " yourself over REST.");

    /** Somebody else's order must be told like one that does not exist. */
    private static final String NO_SUCH_ORDER = "There is no such order.";

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
