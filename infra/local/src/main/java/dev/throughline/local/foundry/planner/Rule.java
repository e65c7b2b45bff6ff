package dev.throughline.local.foundry.planner;

import java.util.Optional;

/** Recognises one kind of intent in a sentence. */
@FunctionalInterface
interface Rule {

    Optional<Intent> read(Sentence sentence);
}
