package dev.throughline.local.foundry.planner;

/**
 * The planner without a language model: a list of small rules reads the sentence into an {@link Intent}, and the intent
 * says the next step from what the tools have returned.
 */
public final class GuidedPlanner implements Planner {

    private final Reader reader = new Reader();

    @Override
    public Step next(Turn turn) {
        return reader.read(turn.earlier(), turn.message()).next(turn);
    }
}
