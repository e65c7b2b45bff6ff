package dev.throughline.in.events;

import dev.throughline.access.Caller;
import java.util.Locale;

/** Which kind of caller somebody is, in few enough words for a label. */
enum AgentClass {
    USER,
    AGENT,
    RUN,
    UNKNOWN_AGENT,
    AGENT_ITSELF;

    static AgentClass of(Caller caller) {
        if (caller instanceof Caller.UserThroughAgent) {
            return AGENT;
        }
        if (caller instanceof Caller.UserThroughRun) {
            return RUN;
        }
        if (caller instanceof Caller.UserThroughUnknownAgent) {
            return UNKNOWN_AGENT;
        }
        return caller instanceof Caller.AgentAsItself ? AGENT_ITSELF : USER;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
