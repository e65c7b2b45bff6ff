package dev.throughline.load;

import dev.throughline.e2e.Running;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.foundry.FoundryStandIn;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LocalStack;
import dev.throughline.local.run.Progress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what of a chat turn is the product's own, and what many chats at once do to the server, and prints Markdown
 * tables. {@code -Dchat.turns=…} and {@code -Dchat.waves=…} make it shorter or longer.
 */
public final class ChatLoad {
    private static final int TURNS = Integer.getInteger("chat.turns", 300);
    private static final int WARM_UP = TURNS;
    private static final double SHARE_MILLIS = 30;
    private static final int AT_ONCE = 200;
    private static final int WAVES = Integer.getInteger("chat.waves", 12);
    private static final int WARM_WAVES = Math.max(1, WAVES / 3);
    private static final double GROWTH = 1.10;

    private ChatLoad() {}

    /** Takes some minutes; all that it starts has ended when it does. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("throughline.output"))), "chat-");
        LocalPorts ports = LocalPorts.free();
        try (TimedService service = new TimedService(URI.create("http://localhost:" + ports.foundry()))) {
            Map<String, String> settings = new HashMap<>(Running.NO_LIMITS);
            settings.put("FOUNDRY_PROJECT_ENDPOINT", service.address() + "/api/projects/orders");
            try (FoundryStandIn foundry =
                            FoundryStandIn.start(ports, LocalSecrets.loadOrCreate(folder), folder, Map.of());
                    LocalStack stack = LocalStack.of(
                                    Installation.fromSystemProperties(),
                                    ports,
                                    folder,
                                    settings,
                                    Progress.to(System.out))
                            .start()) {
                foundry.warmUp();
                measure(new Chatters(stack), stack, service);
            }
        }
    }

    private static void measure(Chatters people, LocalStack stack, TimedService service) throws Exception {
        people.letAgentsAct();
        List<Promise> promises = new ArrayList<>();
        System.out.println("| Turn with one function call | whole, p50, ms | product's own, p50, ms | p99, ms |");
        System.out.println("|---|---|---|---|");
        for (boolean streamed : List.of(false, true)) {
            promises.add(share(people, service, streamed));
        }
        promises.addAll(crowd(people, stack));
        promises.forEach(System.out::println);
        if (!promises.stream().allMatch(Promise::kept)) {
            throw new IllegalStateException("A promise was not kept.");
        }
    }

    /** One turn after the other, so that what the service took is that turn's. */
    private static Promise share(Chatters people, TimedService service, boolean streamed) throws Exception {
        List<Double> whole = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        for (int turn = 0; turn < WARM_UP + TURNS; turn++) {
            long before = service.nanos();
            long nanos = people.turn(Chatters.FUNCTIONS, turn, streamed);
            if (turn >= WARM_UP) {
                whole.add(nanos / 1e6);
                own.add((nanos - (service.nanos() - before)) / 1e6);
            }
        }
        String name = streamed ? "stream" : "JSON";
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f |%n",
                name,
                KeyFlood.median(whole),
                KeyFlood.median(own),
                percentile(own, 0.99));
        return new Promise("product's own share of a turn, " + name + ", p50, ms", KeyFlood.median(own), SHARE_MILLIS);
    }

    private static List<Promise> crowd(Chatters people, LocalStack stack) throws Exception {
        System.out.printf(
                Locale.ROOT, "%n| Wave of %d streamed turns at once | seconds | p50, ms | RSS, MiB |%n", AT_ONCE);
        System.out.println("|---|---|---|---|");
        System.out.printf("| before | | | %d |%n", Memory.residentMiB(stack));
        List<Long> memory = new ArrayList<>();
        int errors = 0;
        for (int wave = 1; wave <= WAVES; wave++) {
            long begin = System.nanoTime();
            Chatters.Wave heard = people.atOnce(AT_ONCE);
            errors += heard.errors().size();
            heard.errors().stream().distinct().limit(3).forEach(System.out::println);
            memory.add(Memory.residentMiB(stack));
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.1f | %.0f | %d |%n",
                    wave,
                    (System.nanoTime() - begin) / 1e9,
                    KeyFlood.median(heard.millis()),
                    memory.get(wave - 1));
        }
        return List.of(
                new Promise("errors among " + AT_ONCE * WAVES + " turns, " + AT_ONCE + " at once", errors, 0),
                new Promise(
                        "memory after wave " + WAVES + ", relative to wave " + WARM_WAVES,
                        (double) memory.get(WAVES - 1) / memory.get(WARM_WAVES - 1),
                        GROWTH));
    }

    private static double percentile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) (sorted.size() * part));
    }
}
