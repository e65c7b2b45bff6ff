package dev.throughline.out.limits;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Connections that are kept for the next when they are closed, as a server keeps them, and counted. */
final class Connections implements AutoCloseable {
    private final DataSource source;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    Connections(DataSource source) {
        this.source = source;
    }

    DataSource source() {
        return proxy(DataSource.class, (self, called, arguments) -> taken());
    }

    /** How many were taken so far. */
    int count() {
        return taken.get();
    }

    /** How many have not been given back. */
    int now() {
        return now.get();
    }

    /** How many were in use at once. */
    int most() {
        return most.get();
    }

    private Connection taken() throws SQLException {
        Connection kept = idle.poll();
        Connection connection = kept == null ? source.getConnection() : kept;
        taken.incrementAndGet();
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        return proxy(Connection.class, (self, called, arguments) -> {
            if (called.getName().equals("close")) {
                connection.setAutoCommit(true);
                now.decrementAndGet();
                idle.add(connection);
                return null;
            }
            return call(called, connection, arguments);
        });
    }

    private static Object call(Method called, Connection connection, Object[] arguments) throws Throwable {
        try {
            return called.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Connections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : idle) {
            connection.close();
        }
    }
}
