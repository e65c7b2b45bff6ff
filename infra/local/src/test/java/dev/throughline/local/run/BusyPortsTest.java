package dev.throughline.local.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.local.LocalPorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusyPortsTest {

    @TempDir
    private Path dataDir;

    private final LocalPorts ports = LocalPorts.free();

    @Test
    void the_hosted_agents_port_is_named_with_its_variable() throws Exception {
        assertDoesNotThrow(() -> BusyPorts.check(ports, Map.of(), dataDir));

        try (ServerSocket busy = new ServerSocket(ports.hosted(), 1, InetAddress.getLoopbackAddress())) {
            StartFailedException stopped =
                    assertThrows(StartFailedException.class, () -> BusyPorts.check(ports, Map.of(), dataDir));
            assertEquals(
                    "Port " + busy.getLocalPort()
                            + " is busy: stop what listens there, or set HOSTED_AGENT_PORT to another port.",
                    stopped.getMessage());
            assertDoesNotThrow(() -> BusyPorts.check(
                    ports, Map.of("FOUNDRY_PROJECT_ENDPOINT", "https://elsewhere.example/api/projects/p"), dataDir));
        }
    }
}
