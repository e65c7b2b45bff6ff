package dev.throughline.out.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where checkpoints go besides the database: whoever rewrote everything there would still have to answer for these. */
public final class CheckpointFile {
    private final Path path;

    /** @param path where it is, or will be; its folder is made */
    public CheckpointFile(Path path) {
        this.path = path;
    }

    /** Appends a signed note; it is on disk when this returns. */
    public void append(Checkpoint checkpoint) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer note = ByteBuffer.wrap(checkpoint.note().getBytes(StandardCharsets.UTF_8));
            while (note.hasRemaining()) {
                file.write(note);
            }
            file.force(true);
        }
    }
}
