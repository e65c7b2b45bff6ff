package dev.throughline.in.edge;

import java.util.function.Predicate;

/**
 * One rule of the edge.
 *
 * @param name what must hold, in words
 * @param otherwise why a request is refused where it does not
 * @param holds whether it does
 */
record EdgeRule(String name, EdgeRejection otherwise, Predicate<RequestHead> holds) {}
