package dev.throughline.conversation;

import java.util.Locale;

/** What answers behind an agent's name. */
public enum AgentMode {
    /** Fixed rules, no language model. */
    GUIDED,
    /** A language model. */
    MODEL;

    /** The mode's name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
