package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.LocalPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The run command, as a process that people start, stop, kill and start twice. */
class LauncherIT {
    private final LocalPorts ports = LocalPorts.free();
    private final Path data = Running.emptyFolder("launcher");
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "HTTP_PORT", String.valueOf(ports.web()),
            "HTTPS_PORT", String.valueOf(ports.webTls()),
            "ENTRA_PORT", String.valueOf(ports.entra()),
            "FOUNDRY_PORT", String.valueOf(ports.foundry()),
            "HOSTED_AGENT_PORT", String.valueOf(ports.hosted()),
            "DB_PORT", String.valueOf(ports.postgres()),
            "LOCAL_DATA_DIR", data.toString()));
    private final LauncherRun.Started runs = new LauncherRun.Started();

    @AfterEach
    void stop_what_a_failed_test_left() {
        runs.close();
    }

    @Test
    void a_killed_run_is_tidied_up_by_the_next_and_a_stopped_one_leaves_nothing_behind() throws IOException {
        LauncherRun first = runs.start(environment);
        first.await("Started in");
        assertReady();
        assertTrue(first.output().contains("Open http://localhost:" + ports.web() + "/"), first.output());
        List<ProcessHandle> orphans = ownProcesses();
        assertEquals(2, orphans.stream().filter(ProcessHandle::isAlive).count(), "The server and PostgreSQL");
        first.kill();
        assertTrue(orphans.stream().allMatch(ProcessHandle::isAlive), "Nobody could stop them");

        LauncherRun second = runs.start(environment);
        second.await("Started in");
        assertReady();
        assertTrue(second.output().contains("an earlier run left behind"), second.output());

        LauncherRun third = runs.start(environment);
        assertEquals(1, third.exitCode());
        assertOneSentence(third, "already runs from " + data, "LOCAL_DATA_DIR");
        assertReady();

        List<ProcessHandle> own = ownProcesses();
        second.terminate();
        assertTrue(second.output().contains("Stopped."), second.output());
        assertNothingLeft(own);
        assertNothingLeft(orphans);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"HTTP_PORT", "HTTPS_PORT", "ENTRA_PORT", "FOUNDRY_PORT", "DB_PORT"})
    void a_busy_port_is_named_together_with_the_variable_that_moves_it(String variable) throws IOException {
        int port = Integer.parseInt(environment.get(variable));
        try (ServerSocket busy = new ServerSocket()) {
            busy.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

            LauncherRun run = runs.start(environment);

            assertEquals(1, run.exitCode());
            assertOneSentence(run, "Port " + port + " is busy", variable);
        }
        assertNothingLeft(List.of());
    }

    @Test
    void a_port_that_is_no_number_is_named() {
        environment.put("HTTP_PORT", "web");
        LauncherRun run = runs.start(environment);

        assertEquals(1, run.exitCode());
        assertOneSentence(run, "HTTP_PORT");
    }

    @Test
    void a_setting_that_does_not_fit_is_named_and_nothing_is_left_behind() throws IOException {
        environment.put("AZURE_AD_CLIENT_ID", "x");
        LauncherRun run = runs.start(environment);

        assertEquals(1, run.exitCode());
        assertOneSentence(run, "AZURE_AD_CLIENT_ID", "must be a GUID");
        assertNothingLeft(List.of());
        assertFalse(Files.exists(data.resolve("server.pid")));
    }

    private void assertReady() {
        HttpResponse<String> answer = Http.get(URI.create("http://localhost:" + ports.web() + "/health/ready"));
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private static void assertOneSentence(LauncherRun run, String... parts) {
        List<String> sentences = run.output()
                .lines()
                .filter(line -> line.startsWith("Throughline does not start"))
                .toList();
        assertEquals(1, sentences.size(), run.output());
        for (String part : parts) {
            assertTrue(sentences.get(0).contains(part), run.output());
        }
        assertFalse(run.output().contains("\tat "), run.output());
    }

    /** The server and PostgreSQL, as the run itself remembers them. */
    private List<ProcessHandle> ownProcesses() throws IOException {
        return List.of(process(data.resolve("server.pid")), process(data.resolve("postgres/postmaster.pid")));
    }

    private static ProcessHandle process(Path file) throws IOException {
        String first = Files.readAllLines(file).get(0);
        return ProcessHandle.of(Long.parseLong(first.split(" ")[0])).orElseThrow();
    }

    /** Whose parent is gone counts as running until the machine has taken note of its end. */
    private static void assertEnds(ProcessHandle process) {
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("A process is left: " + process.info(), e);
        }
    }

    private void assertNothingLeft(List<ProcessHandle> processes) throws IOException {
        processes.forEach(LauncherIT::assertEnds);
        for (int port : List.of(ports.web(), ports.webTls(), ports.entra(), ports.foundry(), ports.postgres())) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
        }
    }
}
