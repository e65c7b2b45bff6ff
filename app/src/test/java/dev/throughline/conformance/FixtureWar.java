package dev.throughline.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The packaged product with one more jar in it: that of the fixtures. */
final class FixtureWar {
    private static final String PACKAGE = "dev/throughline/fixtures";
    private static final String JAR = "WEB-INF/lib/conformance-fixtures.jar";
    private static final String BEANS =
            "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.1\" bean-discovery-mode=\"annotated\"/>";

    private FixtureWar() {}

    /** Makes it from the product's WAR, which stays as it is. */
    static Path from(Path product, Path made) {
        try {
            Files.copy(product, made);
            try (FileSystem archive = FileSystems.newFileSystem(made, Map.of());
                    OutputStream jar = Files.newOutputStream(archive.getPath(JAR))) {
                write(jar);
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream target) throws IOException {
        Path classes = Path.of("target", "test-classes").toAbsolutePath();
        try (JarOutputStream jar = new JarOutputStream(target);
                Stream<Path> files = Files.list(classes.resolve(PACKAGE))) {
            add(jar, "META-INF/beans.xml", BEANS.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                add(jar, PACKAGE + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
