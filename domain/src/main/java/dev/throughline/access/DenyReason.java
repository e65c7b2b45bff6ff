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
    APP_MAY_NOT_CHAT("Only the web chat may talk to agents, approve and consent; sign in there."),
    CONSENT_REVOKED(
            "You have taken back what you allowed this agent; allow it again in the web chat, under Access, if you want"
                    + " it to act for you."),
    ACTS_AS_ITSELF(
            "This agent acts as itself and sees more than you may; ask somebody who may see all of it, or use another"
                    + " agent."),
    NOT_A_CHAT_AGENT("This is a program of its own that uses the order desk; choose an agent to talk to instead."),
    PASSTHROUGH_OFF("This agent's way of calling is switched off here; use another agent, or ask your administrator."),
    NOT_OWNER(DenyReason.NO_SUCH_ORDER),
    APPROVAL_DENIED("You have declined this change; the agent may ask for it again in a few minutes."),
    APPROVAL_USED("What you approved has been done already; let the agent ask again if you want it once more."),
    APPROVALS_WAIT("Other changes of this agent wait for your decision; decide on those first.");

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
