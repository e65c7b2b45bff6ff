package dev.throughline.local.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads all classes of these stand-ins ahead of their use. A build beside a long run replaces the archive that they
 * come from, and stopping must work even then.
 */
final class Preloaded {
    private Preloaded() {}

    static void classes() {
        try {
            Path source = Path.of(Preloaded.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(source)) {
                load(source);
            } else {
                try (FileSystem archive = FileSystems.newFileSystem(source)) {
                    load(archive.getPath("/"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void load(Path root) throws IOException, ClassNotFoundException {
        for (Path file : classFiles(root)) {
            String path = root.relativize(file).toString();
            String name = path.substring(0, path.length() - ".class".length())
                    .replace('/', '.')
                    .replace('\\', '.');
            Class.forName(name, false, Preloaded.class.getClassLoader());
        }
    }

    private static List<Path> classFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class")
                            && !file.getFileName().toString().endsWith("-info.class"))
                    .toList();
        }
    }
}
