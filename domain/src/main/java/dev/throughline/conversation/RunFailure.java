package dev.throughline.conversation;

import java.util.Locale;

/** Why a run ended without an answer. */
public enum RunFailure {
    SIGN_IN_AGAIN("Your sign-in is no longer good for this; sign in again and repeat the message."),
    STEP_UP_NEEDED("Your organisation asks for a stronger sign-in; sign in again and repeat the message."),
    CONSENT_OF_ADMINISTRATOR_NEEDED(
            "This application is not allowed to talk to the agent project for you; ask your administrator to consent."),
    NOT_ASSIGNED("You are not assigned to this agent project; ask its owner for access."),
    AGENT_MISCONFIGURED("The agent service refused our request; tell your administrator the correlation id."),
    AGENT_UNAVAILABLE("The agent service does not answer at the moment; try again in a minute."),
    AGENT_FAILED("The agent could not finish its answer; try again, and if it persists tell your administrator."),
    CONVERSATION_GONE("The agent service no longer knows this conversation; start a new one."),
    CONSENT_LINK_REFUSED(
            "The agent service sent a consent link to a place that is not allowed; tell your administrator.");

    private final String sentence;

    RunFailure(String sentence) {
        this.sentence = sentence;
    }

    /** The failure's stable name on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a person can do about it, in one sentence. */
    public String sentence() {
        return sentence;
    }
}
