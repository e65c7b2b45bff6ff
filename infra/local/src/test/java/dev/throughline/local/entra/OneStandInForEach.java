package dev.throughline.local.entra;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests that need a stand-in as it is on the first day. */
abstract class OneStandInForEach {

    @TempDir
    Path dataDir;

    Fixture entra;

    @BeforeEach
    void start() {
        entra = new Fixture(dataDir);
    }

    @AfterEach
    void stop() {
        entra.close();
    }
}
