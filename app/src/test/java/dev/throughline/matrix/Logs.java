package dev.throughline.matrix;

import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every file to which a stack's server writes what happens. */
final class Logs {
    private Logs() {}

    static List<String> of(LocalStack stack) {
        try (Stream<Path> files = Files.walk(stack.server().console().getParent())) {
            return files.filter(Files::isRegularFile).map(Logs::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
