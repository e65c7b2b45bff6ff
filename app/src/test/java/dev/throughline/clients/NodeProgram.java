package dev.throughline.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the programs of {@code src/test/clients}, run to its end in a process of its own. */
public final class NodeProgram {

    /**
     * How a run ended.
     *
     * @param exit the exit code
     * @param printed what it wrote to its standard output
     * @param complained what it wrote to its standard error
     */
    public record Run(int exit, String printed, String complained) {}

    private final String name;
    private final Duration patience;

    /**
     * @param name as {@code run.mjs} knows it
     * @param patience how long a run may take
     */
    public NodeProgram(String name, Duration patience) {
        this.name = name;
        this.patience = patience;
    }

    /**
     * Runs it.
     *
     * @param environment what it gets beside this process's own environment; secrets belong here, since every user of a
     *     machine sees the arguments of all processes
     * @throws IllegalStateException if it does not end in time
     */
    public Run run(Map<String, String> environment, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of("node", folder().resolve("run.mjs").toString(), name));
        command.addAll(arguments);
        try {
            Path printed = Files.createTempFile(name, ".out");
            Path complained = Files.createTempFile(name, ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(printed.toFile()).redirectError(complained.toFile());
            builder.environment().putAll(environment);
            int exit = ended(builder.start());
            Run run = new Run(exit, Files.readString(printed), Files.readString(complained));
            Files.delete(printed);
            Files.delete(complained);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int ended(Process process) {
        try {
            if (process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new IllegalStateException(name + " did not end within " + patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Path folder() {
        return Path.of(System.getProperty("throughline.clients"));
    }
}
