package dev.throughline.local.entra;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** For tests that leave nothing behind which another of their class would notice. */
abstract class OneStandInForAll {

    @TempDir
    static Path dataDir;

    static Fixture entra;

    @BeforeAll
    static void start() {
        entra = new Fixture(dataDir);
    }

    @AfterAll
    static void stop() {
        entra.close();
    }
}
