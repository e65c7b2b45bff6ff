package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Clients who write at the same time, and what came of it for all of them. */
final class WritingClients {
    private static final long MILLIS_TO_WRITE = 60_000;
    private static final int MOST_SHOWN = 20;

    private final LocalStack stack;
    private final WritingClient.Progress progress = new WritingClient.Progress();
    private final List<WritingClient> clients = new ArrayList<>();
    private final List<Double> recoveries = new ArrayList<>();

    WritingClients(LocalStack stack, int many, long seed) {
        this.stack = stack;
        for (int i = 0; i < many; i++) {
            clients.add(new WritingClient(stack, progress, seed + i));
        }
    }

    /** What is done to those whom they write to. */
    interface Trouble {
        void make() throws Exception;
    }

    /** Makes trouble while they write, and returns when the last of them has stopped. */
    void writeDuring(Trouble trouble) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            clients.forEach(client -> running.add(threads.submit(client)));
            try {
                trouble.make();
            } finally {
                clients.forEach(WritingClient::stop);
            }
            end(running);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void end(List<Future<?>> running) throws InterruptedException, ExecutionException, TimeoutException {
        for (Future<?> client : running) {
            client.get(2, TimeUnit.MINUTES);
        }
    }

    /** Returns when so many more writes have been acknowledged. */
    void awaitAcknowledged(long more) throws InterruptedException {
        long wanted = progress.acknowledged() + more;
        for (int waited = 0; progress.acknowledged() < wanted; waited += 5) {
            assertTrue(waited < MILLIS_TO_WRITE && complaints().isEmpty(), () -> "Nobody can write: " + complaints());
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Returns when somebody can write again, and keeps how long that took from now on. */
    void awaitRecovery() throws InterruptedException {
        long begin = System.nanoTime();
        awaitAcknowledged(1);
        recoveries.add((System.nanoTime() - begin) / 1e9);
    }

    /** Returns when so many more answers were that the service is not available. */
    void awaitRefused(long more) throws InterruptedException {
        long wanted = sum(WritingClient::unavailable) + more;
        for (int waited = 0; sum(WritingClient::unavailable) < wanted; waited += 5) {
            assertTrue(waited < MILLIS_TO_WRITE, "Nobody is refused");
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    long acknowledged() {
        return progress.acknowledged();
    }

    /** Seconds until somebody could write again, each time. */
    List<Double> recoveries() {
        return recoveries;
    }

    /**
     * Holds the rows, and the audit log, against what the clients were told.
     *
     * @param trouble what they went through, for the line that is printed about it
     */
    void assertTruthful(String trouble) {
        Rows rows = new Rows(stack);
        List<String> contradictions = new ArrayList<>();
        long made = 0;
        boolean audited = audited(rows);
        for (WritingClient client : clients) {
            List<String> theirs = rows.find(Journal.query(client.owner));
            contradictions.addAll(client.journal.contradictions(theirs));
            made += client.journal.madeUnanswered(theirs);
            if (audited) {
                assertEquals(client.journal.effects(theirs), records(rows, client.owner), client.owner);
            }
        }
        System.out.printf(
                "%s: %d writes acknowledged, %d lost, doubled or altered; %d not answered for, of which %d were made;"
                        + " %d connections refused, %d broken, %d answers of 503; seconds until somebody could write"
                        + " again: %.2f at the median, %.2f at most%n",
                trouble,
                sum(client -> client.journal.acknowledged()),
                contradictions.size(),
                sum(client -> client.journal.unanswered()),
                made,
                sum(WritingClient::refusedConnections),
                sum(WritingClient::brokenConnections),
                sum(WritingClient::unavailable),
                recoveries.stream()
                        .sorted()
                        .skip(recoveries.size() / 2)
                        .findFirst()
                        .orElse(0.0),
                recoveries.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        assertEquals(List.of(), contradictions.stream().limit(MOST_SHOWN).toList());
        assertEquals(List.of(), complaints());
    }

    private List<String> complaints() {
        return clients.stream()
                .flatMap(client -> client.complaints.stream())
                .limit(MOST_SHOWN)
                .toList();
    }

    private long sum(ToLongFunction<WritingClient> figure) {
        return clients.stream().mapToLong(figure).sum();
    }

    private static boolean audited(Rows rows) {
        return rows.find("select to_regclass('public.audit_record') is not null")
                .contains("t");
    }

    /** How many effects the audit log holds of each of a person's orders, by its number. */
    private static Map<Long, Long> records(Rows rows, String owner) {
        return rows
                .find("select substr(resource, 5) || '=' || count(*) from audit_record where tenant = '"
                        + Person.ADA.tenant
                        + "' and user_id = '" + owner
                        + "' and body ->> 'outcome' = 'done' and body ->> 'action' in ('create-order', 'update-order',"
                        + " 'delete-order') group by resource")
                .stream()
                .map(record -> record.split("="))
                .collect(Collectors.toMap(
                        record -> Long.valueOf(record[0]), record -> Long.valueOf(record[1]), Long::sum, TreeMap::new));
    }
}
