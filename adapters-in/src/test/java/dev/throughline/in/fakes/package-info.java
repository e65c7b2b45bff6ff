/** People, orders and requests that the tests of the inbound adapters share; each fake behaves as its port says. */
@NullMarked
package dev.throughline.in.fakes;

import org.jspecify.annotations.NullMarked;
