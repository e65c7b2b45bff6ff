package dev.throughline.out.entra;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that token exchanges happen on: few, gone when idle, and no reason for a process to live on. */
final class ExchangeThreads {
    private static final int MOST = 32;
    private static final int MOST_WAITING = 256;
    private static final int IDLE_SECONDS = 30;

    private ExchangeThreads() {}

    /** An executor that refuses what it can neither do nor queue. */
    static ExecutorService create() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                ExchangeThreads::thread);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "token-exchange");
        thread.setDaemon(true);
        return thread;
    }
}
