package dev.throughline.out.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many who do the same at once. */
public final class AtOnce {
    private AtOnce() {}

    /** How many of so many succeeded. */
    public static int count(int many, Callable<Boolean> attempt) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Future<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                attempts.add(threads.submit(attempt));
            }
            int succeeded = 0;
            for (Future<Boolean> one : attempts) {
                succeeded += one.get() ? 1 : 0;
            }
            return succeeded;
        } finally {
            threads.shutdown();
        }
    }
}
