package dev.throughline.local.entra;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.local.HttpServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The HTTP servers behind {@code localhost}, which means 127.0.0.1 to some clients and ::1 to others. */
final class Listeners implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int WAITING = 256;

    private final List<HttpServer> servers = new ArrayList<>();
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Listeners::daemon);

    Listeners(int port, HttpHandler handler) {
        HttpServerSettings.apply();
        executor.allowCoreThreadTimeOut(true);
        try {
            listen("127.0.0.1", port, handler);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("The Entra stand-in cannot listen on port " + port, e);
        }
        listenOnIpv6(port, handler);
    }

    private void listenOnIpv6(int port, HttpHandler handler) {
        try {
            listen("::1", port, handler);
        } catch (IOException e) {
            System.getLogger(Listeners.class.getName())
                    .log(System.Logger.Level.DEBUG, "No IPv6 loopback for the Entra stand-in: " + e.getMessage());
        }
    }

    private void listen(String address, int port, HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
        server.setExecutor(executor);
        server.createContext("/", handler);
        server.start();
        servers.add(server);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "entra-stand-in");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        executor.shutdownNow();
    }
}
