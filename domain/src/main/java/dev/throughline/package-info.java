/** The core of Throughline: pure Java, which knows neither a framework nor an adapter. */
@NullMarked
package dev.throughline;

import org.jspecify.annotations.NullMarked;
