package dev.throughline.matrix;

/**
 * A case as the results document tells it.
 *
 * @param id its number in the matrix
 * @param words what is tried
 * @param outcome what must come of it
 */
record Case(String id, String words, String outcome) {
    static Case of(Row row) {
        return new Case(row.id(), row.words(), row.expected().words());
    }
}
