/**
 * What the gate costs, measured over HTTP on a running server: bounded in requests and in time, against this machine
 * alone. Not part of the tests; {@code mvn -Pload} runs it. Nothing depends on it.
 */
package dev.throughline.load;
