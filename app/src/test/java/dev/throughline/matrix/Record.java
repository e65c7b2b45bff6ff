package dev.throughline.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What one class of tests has shown, written to a file from which the results document is made. */
final class Record {
    private final String name;
    private final List<String> lines = new ArrayList<>();

    /** @param name the file's name */
    Record(String name) {
        this.name = name;
    }

    /** Notes a case that came out as it must. */
    synchronized void passed(Case shown, Collection<Door> doors, int requests) {
        String where = doors.stream().sorted().map(Door::name).collect(Collectors.joining(","));
        lines.add(String.join("\t", shown.id(), shown.words(), shown.outcome(), where, String.valueOf(requests)));
    }

    synchronized void write() {
        try {
            Path folder = Files.createDirectories(Path.of(System.getProperty("throughline.output"), "matrix"));
            Files.write(folder.resolve(name + ".tsv"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
