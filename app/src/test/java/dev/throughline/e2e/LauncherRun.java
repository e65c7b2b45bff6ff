package dev.throughline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of the launcher in a process of its own. */
final class LauncherRun {
    private static final int PATIENCE_SECONDS = 120;
    private static final List<String> HANDED_ON =
            List.of("throughline.liberty", "throughline.config", "throughline.driver", "throughline.war");

    private final Process process;
    private final Path output;

    private LauncherRun(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** The runs of a test, of which none outlives it. */
    static final class Started implements AutoCloseable {
        private final List<LauncherRun> runs = new ArrayList<>();

        LauncherRun start(Map<String, String> environment) {
            LauncherRun run = LauncherRun.start(environment);
            runs.add(run);
            return run;
        }

        @Override
        public void close() {
            runs.stream().filter(run -> run.process.isAlive()).forEach(LauncherRun::terminate);
        }
    }

    private static LauncherRun start(Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        HANDED_ON.forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.throughline.local.run.Launcher"));
        try {
            Path output = Files.createTempFile(Running.emptyFolder("launcher-output"), "run", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(ProcessBuilder.Redirect.PIPE);
            builder.environment().putAll(environment);
            return new LauncherRun(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has printed until now. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it prints a text. */
    void await(String text) {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            if (output().contains(text)) {
                return;
            }
            if (!process.isAlive()) {
                throw new AssertionError("It ended without '" + text + "': " + output());
            }
            pause();
        }
        throw new AssertionError("It did not print '" + text + "': " + output());
    }

    /** Waits for it to end by itself. */
    int exitCode() {
        awaitEnd();
        return process.exitValue();
    }

    /** Ends it as Ctrl-C or an orchestrator does, and waits until it is gone. */
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    /** Ends it without a chance to do anything about it. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("It did not end: " + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
