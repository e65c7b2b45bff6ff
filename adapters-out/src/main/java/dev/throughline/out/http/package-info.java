/**
 * Calling out over HTTP within bounds: one deadline over headers and body, no redirects, no unbounded body. Shared by
 * the adapters of this module that call somebody's API; depends on nothing but the JDK.
 */
@NullMarked
package dev.throughline.out.http;

import org.jspecify.annotations.NullMarked;
