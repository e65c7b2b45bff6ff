package dev.throughline.local.foundry.planner;

import java.util.Optional;

/** What a person wants, as far as it was understood. */
interface Intent {

    /** The next step towards it. */
    Step next(Turn turn);

    /** Whether something is missing that the person was asked for. */
    default boolean isOpen() {
        return false;
    }

    /**
     * This intent, completed by the person's answer; empty where the sentence is no answer to the open question.
     *
     * @param command what the sentence says when it is read by itself
     */
    default Optional<Intent> continuedBy(Sentence sentence, Optional<Intent> command) {
        return Optional.empty();
    }
}
