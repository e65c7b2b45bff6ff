package dev.throughline.out.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Where checkpoints go besides the database: whoever rewrote everything there would still have to answer for these. The
 * notes stand one after the other as they are, each of seven lines. Instances on one machine may share it.
 */
public final class CheckpointFile {
    private static final int LONGEST_NOTE = 4096;
    private static final int LINES = 7;
    private static final String FIRST = "throughline-audit/";

    /** Before the signature; each character stands for a byte of its UTF-8. */
    private static final String DASH = "\n\u00e2\u0080\u0094 ";

    private final Path path;

    /** @param path where it is, or will be; its folder is made */
    public CheckpointFile(Path path) {
        this.path = path;
    }

    /**
     * The note that was appended last.
     *
     * @throws IOException if the file cannot be read, or holds something else
     */
    public Optional<String> last() throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            String whole = end(file).whole();
            List<String> lines =
                    new String(bytes(whole), StandardCharsets.UTF_8).lines().toList();
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(String.join("\n", lines.subList(lines.size() - LINES, lines.size())) + "\n");
        }
    }

    /**
     * Appends a signed note; it is on disk when this returns. What a crash has left of another one goes.
     *
     * @throws IOException if it cannot be written, and then nothing of it is; or if the file holds something else
     */
    public void append(Checkpoint checkpoint) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = file.size() - end(file).torn();
            file.truncate(end);
            try {
                write(file, end, checkpoint.note().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // A disk that is full takes a part.
                file.truncate(end);
                throw e;
            }
        }
    }

    private static void write(FileChannel file, long at, byte[] note) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(note);
        while (rest.hasRemaining()) {
            file.write(rest, at + rest.position());
        }
        file.force(true);
    }

    /**
     * The file's end.
     *
     * @param whole the last bytes up to the end of the last whole note
     * @param torn how many bytes follow
     */
    private record End(String whole, int torn) {}

    private static End end(FileChannel file) throws IOException {
        String tail = tail(file);
        int dash = tail.lastIndexOf(DASH);
        while (dash >= 0 && tail.indexOf('\n', dash + 1) < 0) {
            dash = tail.lastIndexOf(DASH, dash - 1);
        }
        int whole = dash < 0 ? 0 : tail.indexOf('\n', dash + 1) + 1;
        String torn = tail.substring(whole);
        boolean ours = torn.startsWith(FIRST) || FIRST.startsWith(torn);
        if (!ours || whole > 0 && tail.substring(0, whole).lines().count() < LINES) {
            throw new IOException("There is something else than checkpoints in the file");
        }
        return new End(tail.substring(0, whole), torn.length());
    }

    /** A character for each byte. */
    private static String tail(FileChannel file) throws IOException {
        long from = Math.max(0, file.size() - LONGEST_NOTE);
        ByteBuffer bytes = ByteBuffer.allocate((int) (file.size() - from));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = file.read(bytes, from + bytes.position());
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
