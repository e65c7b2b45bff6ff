/**
 * Who is calling and what they may do: the {@link dev.throughline.access.Caller}, the agents and apps that are known,
 * and the one pure function that decides, {@link dev.throughline.access.AccessPolicy}. Everything else in the domain
 * may depend on this package; it depends on nothing.
 */
@NullMarked
package dev.throughline.access;

import org.jspecify.annotations.NullMarked;
