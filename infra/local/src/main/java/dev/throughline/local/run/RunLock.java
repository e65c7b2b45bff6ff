package dev.throughline.local.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held while a run uses a data folder; the system lets go of it however the run ends. */
final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    static RunLock take(Path dataDir, int webPort) {
        try {
            Files.createDirectories(dataDir);
            FileChannel channel =
                    FileChannel.open(dataDir.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new StartFailedException("Throughline already runs from " + dataDir + " (port " + webPort
                        + "): stop it first, or set LOCAL_DATA_DIR and HTTP_PORT for a second one.");
            }
            return new RunLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + dataDir, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
