package dev.throughline.out;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Listens to what the adapters log, until it is closed. */
public final class LogLines extends Handler implements AutoCloseable {
    private static final Logger ADAPTERS = Logger.getLogger("dev.throughline.out");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        setFormatter(new SimpleFormatter());
        ADAPTERS.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(getFormatter().format(line));
    }

    /** All lines, stack traces and all. */
    public String text() {
        return String.join("", lines);
    }

    @Override
    public void flush() {
        // Lines are kept as they come.
    }

    @Override
    public void close() {
        ADAPTERS.removeHandler(this);
    }
}
