package dev.throughline.local.foundry;

import java.time.Duration;

/** A failure of the service, for a test to order. */
public sealed interface Fault {

    /**
     * The run is refused.
     *
     * @param status an HTTP status of 500 or more
     */
    record Refused(int status) implements Fault {}

    /**
     * The answer begins late.
     *
     * @param delay how late
     */
    record Slow(Duration delay) implements Fault {}

    /**
     * The connection ends in the middle of the event stream.
     *
     * @param afterEvents how many events are sent before
     */
    record CutStream(int afterEvents) implements Fault {}
}
