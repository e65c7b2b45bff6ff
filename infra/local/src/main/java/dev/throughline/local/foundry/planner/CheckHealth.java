package dev.throughline.local.foundry.planner;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether the order desk is well. */
record CheckHealth() implements Intent {

    private static final String TOOL = "health-check";
    private static final String DEED = "ask whether the order desk is well";
    private static final Pattern ASKED = Pattern.compile(
            "\\bhealth(?:y|[- ]?check)?\\b|^ping$|^(?:system|service|server) status$"
                    + "|\\bstatus of the (?:system|service|server|backend|order desk)\\b"
                    + "|\\b(?:is|are) (?:everything|you|it|the (?:system|service|server|backend|order desk|api))"
                    + " (?:ok|okay|up|running|alive|working|there|available|online)\\b",
            Pattern.CASE_INSENSITIVE);

    static Optional<Intent> read(Sentence sentence) {
        return sentence.has(ASKED) ? Optional.of(new CheckHealth()) : Optional.empty();
    }

    @Override
    public Step next(Turn turn) {
        if (turn.tool(TOOL).isEmpty()) {
            return Replies.noTool(DEED);
        }
        return turn.results().isEmpty()
                ? new Step.Call(TOOL, Map.of())
                : Replies.to(turn.results().get(0), DEED, Replies::unexpected);
    }
}
