package dev.throughline.local.foundry.planner;

/** What stands where a language model stands: decides, from all that a run knows so far, what happens next. */
public interface Planner {

    /** The next step of this turn. */
    Step next(Turn turn);

    /** How many tool calls one turn may take. */
    default int maxCalls() {
        return 12;
    }

    /** What ends a turn that would take more. */
    default Step exhausted() {
        return new Step.Answer("I stopped here, because this took more tool calls than one answer may take.");
    }

    /** The next step within the bounds. */
    default Step nextWithinBounds(Turn turn) {
        Step step = next(turn);
        return step instanceof Step.Call && turn.results().size() >= maxCalls() ? exhausted() : step;
    }
}
