package dev.throughline.local.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Open Liberty with the product on it, as a process of its own. */
public final class LibertyServer implements AutoCloseable {
    private static final String NAME = "throughline";
    private static final int STOP_SECONDS = 30;

    private final Process process;
    private final Path console;

    private LibertyServer(Process process, Path console) {
        this.process = process;
        this.console = console;
    }

    /**
     * Starts the server; it is not ready yet when this returns.
     *
     * @param environment what it is configured with, beside this process's own environment
     * @param dataDir its working files and logs lie below it
     */
    public static LibertyServer start(Installation installation, Map<String, String> environment, Path dataDir) {
        Path userDir = dataDir.resolve("liberty");
        Path server = userDir.resolve("servers").resolve(NAME);
        Path console = dataDir.resolve("logs").resolve("server.log");
        try {
            lay(installation, server);
            Files.createDirectories(console.getParent());
            ProcessBuilder builder = new ProcessBuilder(command(installation.liberty(), server))
                    .redirectErrorStream(true)
                    .redirectOutput(console.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()));
            // glibc gives every few threads a pool of their own to allocate from, which only ever grow; two will do.
            builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
            builder.environment().putAll(environment);
            // For the stand-ins; the server has no use for a model, least of all for its key.
            builder.environment().keySet().removeIf(name -> name.startsWith("LOCAL_MODEL"));
            builder.environment().put("WLP_USER_DIR", userDir.toString());
            builder.environment()
                    .put("WLP_OUTPUT_DIR", userDir.resolve("servers").toString());
            builder.environment().put("LOG_DIR", dataDir.resolve("logs").toString());
            builder.environment().put("X_LOG_DIR", dataDir.resolve("logs").toString());
            return new LibertyServer(builder.directory(server.toFile()).start(), console);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start Open Liberty from " + installation.liberty(), e);
        }
    }

    /** The server's process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Whether the process runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** What the server has printed. */
    public Path console() {
        return console;
    }

    /** Ends the process without a chance to tidy up, as a crash would. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops the server in order; by force if it does not within half a minute. */
    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd()) {
            kill();
        }
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    /** The server directory is laid anew from the product each time; only the work area is kept, for a fast start. */
    private static void lay(Installation installation, Path server) throws IOException {
        copyFiles(installation.config(), server);
        deleteTree(server.resolve("jdbc"));
        copyFiles(installation.driver(), server.resolve("jdbc"));
        Path war = Files.createDirectories(server.resolve("apps")).resolve("throughline.war");
        if (!Files.exists(war) || Files.mismatch(war, installation.war()) != -1) {
            // The server tells by their times whether jars in its cache are old, and reproducible builds have but one.
            deleteTree(server.resolve("workarea"));
            Files.copy(installation.war(), war, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /**
     * What {@code bin/server run} would execute, with the JVM's options of {@code JVM_ARGS} last. The script is passed
     * over because it stands between us and the server: ending the script does not end the server.
     */
    private static List<String> command(Path wlp, Path server) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + wlp.resolve("bin/tools/ws-javaagent.jar"));
        int java = Runtime.version().feature();
        command.add("@" + wlp.resolve("lib/platform/java/" + (java >= 24 ? "java24.options" : "java9.options")));
        Path options = server.resolve("jvm.options");
        if (Files.exists(options)) {
            Files.readAllLines(options).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(command::add);
        }
        String more = System.getenv().getOrDefault("JVM_ARGS", "");
        command.addAll(
                Stream.of(more.split(" ")).filter(word -> !word.isEmpty()).toList());
        command.addAll(List.of("-jar", wlp.resolve("bin/tools/ws-server.jar").toString(), NAME));
        return command;
    }
}
