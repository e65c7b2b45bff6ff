package dev.throughline.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoints that were kept outside the database: signed notes, one after the other, in the order of their sizes.
 * Whoever rewrites the log or cuts its end off cannot take them back.
 */
final class OutsideCheckpoints {
    /** Five lines of text, an empty one, and the signature. */
    private static final int LINES = 7;

    private final List<Checkpoint> bySize;

    private OutsideCheckpoints(List<Checkpoint> checkpoints) {
        this.bySize = checkpoints.stream()
                .sorted(Comparator.comparingLong(Checkpoint::size))
                .toList();
    }

    static OutsideCheckpoints none() {
        return new OutsideCheckpoints(List.of());
    }

    static OutsideCheckpoints read(Path file, VerifierKey key) throws UnreadableException {
        try (InputStream bytes = Files.newInputStream(file)) {
            OutsideCheckpoints checkpoints = read(bytes, key);
            if (checkpoints.count() == 0) {
                throw new UnreadableException(
                        "There is no checkpoint in " + file + ": name the file they are kept in.");
            }
            return checkpoints;
        } catch (IOException e) {
            throw new UnreadableException("Cannot read " + file + " to its end: copy it to a disk that can be read.");
        }
    }

    static OutsideCheckpoints read(InputStream bytes, VerifierKey key) throws IOException, UnreadableException {
        Lines lines = new Lines(bytes);
        List<Checkpoint> checkpoints = new ArrayList<>();
        long begin = 1;
        try {
            for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                begin = lines.number();
                if (!isEmpty(line.get())) {
                    checkpoints.add(Checkpoint.open(note(line.get(), lines), key));
                }
            }
            return new OutsideCheckpoints(checkpoints);
        } catch (BrokenLogException e) {
            throw new UnreadableException("The exported checkpoints cannot be used, line " + begin + ": "
                    + e.getMessage() + ". Take it out if a crash or a full disk cut it off.");
        }
    }

    int count() {
        return bySize.size();
    }

    Checkpoint get(int index) {
        return bySize.get(index);
    }

    private static boolean isEmpty(Line line) {
        return line.from() == line.to() && line.ended();
    }

    private static String note(Line first, Lines lines) throws IOException, BrokenLogException {
        StringBuilder note = new StringBuilder(text(first));
        for (int i = 1; i < LINES; i++) {
            Optional<Line> next = lines.next();
            if (next.isEmpty()) {
                throw new BrokenLogException(Fault.CUT_OFF, "the last checkpoint breaks off");
            }
            note.append(text(next.get()));
        }
        return note.toString();
    }

    private static String text(Line line) {
        String text = new String(line.bytes(), line.from(), line.to() - line.from(), StandardCharsets.UTF_8);
        return line.ended() ? text + "\n" : text;
    }
}
