package dev.throughline.out.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    private final LogKey key = new LogKey("throughline-audit/c0ffee00-0000-4000-8000-000000000001", new byte[32]);
    private final Checkpoint first = checkpoint(1);
    private final Checkpoint second = checkpoint(2);

    @TempDir
    private Path folder;

    @Test
    void notes_stand_one_after_the_other_as_they_are() throws IOException {
        Path path = folder.resolve("made").resolve("checkpoints.txt");
        CheckpointFile file = new CheckpointFile(path);
        assertEquals(Optional.empty(), file.last());

        file.append(first);
        file.append(second);

        assertEquals(first.note() + second.note(), Files.readString(path));
        assertEquals(Optional.of(second.note()), file.last());
    }

    @Test
    void what_a_crash_has_left_of_a_note_does_not_count_and_goes() throws IOException {
        Path path = folder.resolve("checkpoints.txt");
        CheckpointFile file = new CheckpointFile(path);
        byte[] note = second.note().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < note.length; length++) {
            byte[] torn = Arrays.copyOf(note, length);
            Files.write(path, torn);
            assertEquals(Optional.empty(), file.last(), length + " bytes");
            file.append(first);
            assertEquals(first.note(), Files.readString(path), length + " bytes");

            Files.write(path, torn, java.nio.file.StandardOpenOption.APPEND);
            assertEquals(Optional.of(first.note()), file.last(), length + " bytes");
            file.append(second);
            assertEquals(first.note() + second.note(), Files.readString(path), length + " bytes");
        }
    }

    @Test
    void a_long_file_is_read_at_its_end() throws IOException {
        Path path = folder.resolve("checkpoints.txt");
        Files.writeString(path, first.note().repeat(1_000) + second.note());
        CheckpointFile file = new CheckpointFile(path);

        assertEquals(Optional.of(second.note()), file.last());
        file.append(first);
        assertEquals(
                1_001L * first.note().length() + second.note().length(),
                Files.readString(path).length());
    }

    @Test
    void a_file_of_something_else_stays_as_it_is() throws IOException {
        Path path = folder.resolve("something");
        Files.writeString(path, "something else\n");
        CheckpointFile file = new CheckpointFile(path);

        assertThrows(IOException.class, file::last);
        assertThrows(IOException.class, () -> file.append(first));
        assertEquals("something else\n", Files.readString(path));
    }

    private Checkpoint checkpoint(int size) {
        Frontier tree = new Frontier();
        for (int i = 0; i < size; i++) {
            tree.add(Hashes.leaf("record " + i));
        }
        return Checkpoint.sign(key, tree, Hashes.start(), Instant.parse("2026-11-26T12:00:00Z"));
    }
}
