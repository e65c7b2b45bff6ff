package dev.throughline.local.foundry.planner;

/** What stands where a language model stands: decides, from all that a run knows so far, what happens next. */
@FunctionalInterface
public interface Planner {

    /** The next step of this turn. Without state: the same turn gives the same step. */
    Step next(Turn turn);
}
