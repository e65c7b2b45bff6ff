package dev.throughline.in.events;

/** Takes events as lines of text. */
@FunctionalInterface
public interface EventLog {

    /**
     * Writes one event.
     *
     * @param logger the name under which operators find this kind of event
     * @param line one JSON object on one line
     */
    void write(String logger, System.Logger.Level level, String line);

    /** The server's own log. */
    static EventLog ofServer() {
        return (logger, level, line) -> System.getLogger(logger).log(level, line);
    }
}
