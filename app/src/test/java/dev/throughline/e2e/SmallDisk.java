package dev.throughline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of a few megabytes in memory, to be filled. A shell makes it and keeps it; it takes it away when its
 * input ends, and so even when this process is killed. As root it is mounted for all to see. Anybody else mounts it in
 * namespaces of the shell's own, and it is reached by way of that process.
 */
final class SmallDisk implements AutoCloseable {
    private static final String MOUNT =
            "set -e; mount -t tmpfs -o size=%dm,mode=0700 tmpfs '%s'; echo ready; cat >/dev/null || true; ";

    private final Process keeper;
    private final Path point;
    private final Path folder;

    /** The machine does not let us have one; the message says what to do. */
    static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Impossible(String message) {
            super(message);
        }
    }

    private SmallDisk(Process keeper, Path point, Path folder) {
        this.keeper = keeper;
        this.point = point;
        this.folder = folder;
    }

    /** @throws Impossible where neither way is open */
    static SmallDisk of(int megabytes) {
        try {
            Path point = Files.createTempDirectory("throughline-small-disk-");
            String mount = MOUNT.formatted(megabytes, point);
            if ("root".equals(System.getProperty("user.name"))) {
                SmallDisk disk = keptBy(
                        List.of("sh", "-c", mount + "umount -l '" + point + "'; rmdir '" + point + "'"), point, "");
                if (disk != null) {
                    return disk;
                }
            }
            SmallDisk disk = keptBy(List.of("unshare", "-Urm", "sh", "-c", mount), point, "/proc/%d/root");
            if (disk != null) {
                return disk;
            }
            Files.delete(point);
            throw new Impossible("A full disk cannot be tried here, since this machine lets us mount no file system,"
                    + " neither as root nor by `unshare -Urm`: run as root, or skip it with -Ddisk.full=skip.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SmallDisk keptBy(List<String> command, Path point, String seenBy) throws IOException {
        Process keeper;
        try {
            keeper = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noSuchCommand) {
            return null;
        }
        if (keeper.getInputStream().read() != 'r') {
            return null;
        }
        return new SmallDisk(keeper, point, Path.of(seenBy.formatted(keeper.pid()) + point));
    }

    /** Where it is. */
    Path folder() {
        return folder;
    }

    /** Takes all the room that is left. */
    void fill() {
        byte[] block = new byte[1 << 12];
        try (var ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(block);
            }
        } catch (IOException full) {
            if (free() > block.length) {
                throw new UncheckedIOException(full);
            }
        }
    }

    /** Gives it back. */
    void makeRoom() {
        try {
            Files.delete(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bytes are left. */
    long free() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
            keeper.waitFor(10, TimeUnit.SECONDS);
            Files.deleteIfExists(point);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
