package dev.throughline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The TCP ports that the local parts listen on, all on the loopback address.
 *
 * @param web the server's http port
 * @param webTls the server's https port
 * @param entra the Entra stand-in
 * @param foundry the Foundry stand-in
 * @param hosted the listener of the Foundry stand-in's hosted agent
 * @param postgres PostgreSQL
 */
public record LocalPorts(int web, int webTls, int entra, int foundry, int hosted, int postgres) {

    /** The fixed ports that people and scripts rely on. */
    public static LocalPorts defaults() {
        return new LocalPorts(9080, 9443, 9180, 9181, 9182, 15432);
    }

    /** Ports that were free a moment ago, so that tests run beside a running stack. */
    public static LocalPorts free() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            int[] ports = held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            return new LocalPorts(ports[0], ports[1], ports[2], ports[3], ports[4], ports[5]);
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback address", e);
        } finally {
            held.forEach(LocalPorts::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
