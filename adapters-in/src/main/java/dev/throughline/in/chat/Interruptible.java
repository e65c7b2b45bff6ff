package dev.throughline.in.chat;

/** The thread that made it, which may be interrupted until it is done and not a moment longer: it is the pool's. */
final class Interruptible {
    private final Thread thread = Thread.currentThread();
    private boolean done;

    synchronized void interrupt() {
        if (!done) {
            thread.interrupt();
        }
    }

    synchronized void done() {
        done = true;
        // An interruption that came too late is nobody else's.
        Thread.interrupted();
    }
}
