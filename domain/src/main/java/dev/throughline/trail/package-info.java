/**
 * Whose identity each hop carried and how that is known, and the log of verified tool calls that lets a reported call
 * be joined to what our own endpoint checked. Depends on {@code access} alone.
 */
@NullMarked
package dev.throughline.trail;

import org.jspecify.annotations.NullMarked;
