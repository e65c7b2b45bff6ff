/**
 * What stands before everything else of ours: whether a request may be looked at at all, before anybody asks who sends
 * it. What it must be is listed in {@code EdgeRules}; what every answer says besides is in {@code SecurityHeaders} and
 * {@code Cors}. It uses {@link dev.throughline.in.http} and tells {@link dev.throughline.in.events}. The gate calls
 * {@link dev.throughline.in.edge.Edge} first, because the container signs people in before any filter runs; the filter
 * does so where the gate is not asked.
 */
@NullMarked
package dev.throughline.in.edge;

import org.jspecify.annotations.NullMarked;
