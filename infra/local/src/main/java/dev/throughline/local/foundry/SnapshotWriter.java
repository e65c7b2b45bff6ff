package dev.throughline.local.foundry;

import dev.throughline.local.responses.Json;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes the project's data to its file a moment after a change, several changes at once, and when it is closed. */
final class SnapshotWriter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SnapshotWriter.class.getName());
    private static final Duration DELAY = Duration.ofMillis(500);

    private final PrivateFile file;
    private final AtomicBoolean dirty = new AtomicBoolean();
    private Runnable write = () -> {};
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "foundry-snapshot");
        thread.setDaemon(true);
        return thread;
    });

    SnapshotWriter(PrivateFile file) {
        this.file = file;
    }

    ProjectData.Snapshot read() {
        return file.exists()
                ? Json.MAPPER.readValue(file.read(), ProjectData.Snapshot.class)
                : ProjectData.Snapshot.EMPTY;
    }

    void start(Supplier<ProjectData.Snapshot> data) {
        write = () -> writeIfDirty(data);
        timer.scheduleWithFixedDelay(write, DELAY.toMillis(), DELAY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void touch() {
        dirty.set(true);
    }

    private void writeIfDirty(Supplier<ProjectData.Snapshot> data) {
        if (dirty.getAndSet(false)) {
            try {
                file.replace(Json.MAPPER.writeValueAsBytes(data.get()));
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "The conversations could not be written; they are still in memory", e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write.run();
    }
}
