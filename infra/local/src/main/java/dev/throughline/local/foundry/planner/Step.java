package dev.throughline.local.foundry.planner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run does next. */
public sealed interface Step {

    /**
     * Calls a tool and asks again.
     *
     * @param tool its name
     * @param arguments what it is called with, in the order in which they are shown
     */
    record Call(String tool, Map<String, Object> arguments) implements Step {
        public Call {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }
    }

    /**
     * Ends the turn.
     *
     * @param text Markdown
     */
    record Answer(String text) implements Step {}

    /**
     * Ends the turn without an answer.
     *
     * @param code what went wrong, as the response object names it
     * @param reason for people
     */
    record Failure(String code, String reason) implements Step {}
}
