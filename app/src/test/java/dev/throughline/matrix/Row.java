package dev.throughline.matrix;

import java.util.Set;
import java.util.function.Function;

/**
 * One case of the token matrix: a request that differs from an accepted one in one thing.
 *
 * @param id its number in the matrix, such as {@code T042}
 * @param words what is different
 * @param presented what to present, made of the good token just before it is sent
 * @param expected what must come of it
 * @param doors where it is tried
 */
record Row(String id, String words, Function<Good, Presentation> presented, Outcome expected, Set<Door> doors) {
    Row {
        doors = Set.copyOf(doors);
    }

    @Override
    public String toString() {
        return id + " " + words;
    }
}
