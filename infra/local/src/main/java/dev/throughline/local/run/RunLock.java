package dev.throughline.local.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held while a run uses a data folder; the system lets go of it however the run ends. */
final class RunLock {
    private RunLock() {}

    static FileLock take(Path dataDir, int webPort) {
        try {
            Files.createDirectories(dataDir);
            FileChannel channel =
                    FileChannel.open(dataDir.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new StartFailedException("Throughline already runs from " + dataDir + " (port " + webPort
                        + "): stop it first, or set LOCAL_DATA_DIR and HTTP_PORT for a second one.");
            }
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + dataDir, e);
        }
    }
}
