package dev.throughline.load;

import dev.throughline.e2e.Running;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LocalStack;
import dev.throughline.local.run.Progress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures what the documentation promises of the gate under load, prints it, and fails if a promise is not kept. */
public final class GateLoad {
    private static final String TENANT = "c0ffee00-0000-4000-8000-000000000001";

    private GateLoad() {}

    /** Takes some eight minutes; all that it starts has ended when it does. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("throughline.output"))), "load-");
        LocalPorts ports = LocalPorts.free();
        URI issuersKeys = URI.create("http://localhost:" + ports.entra() + "/" + TENANT + "/discovery/v2.0/keys");
        List<Promise> promises = new ArrayList<>();
        try (SlowKeys keys = new SlowKeys(issuersKeys);
                LocalStack guarded = stack(folder.resolve("guarded"), ports, Map.of("AUTH_JWKS_URL", keys.address()))) {
            promises.addAll(new KeyFlood(guarded, keys).measure());
            try (LocalStack open = stack(folder.resolve("open"), LocalPorts.free(), Map.of("AUTH_REQUIRED", "false"))) {
                promises.add(new GateCost(guarded, open).measure());
            }
        }
        promises.forEach(System.out::println);
        if (!promises.stream().allMatch(Promise::kept)) {
            throw new IllegalStateException("A promise was not kept.");
        }
    }

    private static LocalStack stack(Path folder, LocalPorts ports, Map<String, String> settings) {
        Map<String, String> unlimited = new HashMap<>(Running.NO_LIMITS);
        unlimited.putAll(settings);
        return LocalStack.of(Installation.fromSystemProperties(), ports, folder, unlimited, Progress.to(System.out))
                .start();
    }
}
