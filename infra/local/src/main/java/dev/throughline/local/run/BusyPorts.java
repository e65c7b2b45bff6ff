package dev.throughline.local.run;

import dev.throughline.local.LocalPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds out before anything starts whether somebody else listens where we want to. */
final class BusyPorts {
    private BusyPorts() {}

    /** @throws StartFailedException naming the first busy port and the variable that moves it */
    static void check(LocalPorts ports, Map<String, String> given, Path dataDir) {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        wanted.put("HTTP_PORT", ports.web());
        wanted.put("HTTPS_PORT", ports.webTls());
        if (!given.containsKey("AUTH_AUTHORITY")) {
            wanted.put("ENTRA_PORT", ports.entra());
        }
        if (!given.containsKey("FOUNDRY_PROJECT_ENDPOINT")) {
            wanted.put("FOUNDRY_PORT", ports.foundry());
            wanted.put("HOSTED_AGENT_PORT", ports.hosted());
        }
        if (!given.containsKey("DB_URL") && !ourPostgresRuns(dataDir)) {
            wanted.put("DB_PORT", ports.postgres());
        }
        wanted.forEach(BusyPorts::check);
    }

    private static void check(String variable, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new StartFailedException(
                    "Port %d is busy: stop what listens there, or set %s to another port.".formatted(port, variable));
        }
    }

    /** A PostgreSQL that an earlier run left behind on our data is taken over, so its port is not busy. */
    private static boolean ourPostgresRuns(Path dataDir) {
        Path pidFile = dataDir.resolve("postgres").resolve("postmaster.pid");
        try {
            return Files.exists(pidFile)
                    && ProcessHandle.of(Long.parseLong(
                                    Files.readAllLines(pidFile).get(0).strip()))
                            .isPresent();
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException unreadable) {
            return false;
        }
    }
}
