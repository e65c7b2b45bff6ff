package dev.throughline.local.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers the server's process, so that a run that was killed without a chance to stop it is tidied up by the next.
 * The process's start time tells it from another that was given the same number since.
 */
final class LeftoverServer {
    private LeftoverServer() {}

    static void remember(Path dataDir, ProcessHandle server) {
        try {
            Files.writeString(file(dataDir), server.pid() + " " + startOf(server) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void forget(Path dataDir) {
        try {
            Files.deleteIfExists(file(dataDir));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void stop(Path dataDir, Progress progress) {
        find(dataDir).ifPresent(server -> {
            progress.say("  Stopping the server that an earlier run left behind (process " + server.pid() + ").");
            server.destroy();
            if (!ended(server, 20)) {
                server.destroyForcibly();
                ended(server, 10);
            }
        });
        forget(dataDir);
    }

    private static Optional<ProcessHandle> find(Path dataDir) {
        try {
            if (!Files.exists(file(dataDir))) {
                return Optional.empty();
            }
            String[] remembered = Files.readString(file(dataDir)).strip().split(" ");
            return ProcessHandle.of(Long.parseLong(remembered[0]))
                    .filter(process -> startOf(process).equals(remembered[1]));
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException unreadable) {
            return Optional.empty();
        }
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static boolean ended(ProcessHandle process, int seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static Path file(Path dataDir) {
        return dataDir.resolve("server.pid");
    }
}
