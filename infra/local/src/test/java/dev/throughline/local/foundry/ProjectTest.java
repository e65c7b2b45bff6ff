package dev.throughline.local.foundry;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A project for each test. */
abstract class ProjectTest {

    @TempDir
    Path dataDir;

    OrdersProject project;

    @BeforeEach
    void start() throws Exception {
        project = new OrdersProject(dataDir, requireApproval());
    }

    RequireApproval requireApproval() {
        return RequireApproval.NEVER;
    }

    @AfterEach
    void stop() {
        project.close();
    }
}
