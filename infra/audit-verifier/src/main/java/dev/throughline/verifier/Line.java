package dev.throughline.verifier;

/**
 * One line, as a part of a buffer that holds it until the next one is read.
 *
 * @param bytes the buffer
 * @param from where the line begins
 * @param to where it ends, its newline not counted
 * @param ended whether a newline ends it
 */
record Line(byte[] bytes, int from, int to, boolean ended) {}
