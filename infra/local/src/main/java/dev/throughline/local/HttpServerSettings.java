package dev.throughline.local;

/** Settings of the JDK's HTTP server, which it reads once, when the first server of the process is made. */
public final class HttpServerSettings {

    private HttpServerSettings() {}

    /** Sets what the environment has not set. */
    public static void apply() {
        // Otherwise each small event on a kept connection waits some 40 ms for the other side's acknowledgement.
        set("sun.net.httpserver.nodelay", "true");
        // Beyond this number connections are closed when they fall idle, which a client that uses them again may meet.
        set("sun.net.httpserver.maxIdleConnections", "1024");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
