package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseDurabilityTest {
    private final TestDatabase database = TestDatabase.shared();

    @Test
    void a_database_that_keeps_what_it_acknowledges_lacks_nothing() throws Exception {
        assertEquals(List.of(), DatabaseDurability.lacking(database.sourceAsApplication()));
    }

    @Test
    void a_connection_that_acknowledges_too_early_is_found() throws Exception {
        PGSimpleDataSource hasty = (PGSimpleDataSource) database.sourceAsApplication();
        hasty.setOptions("-c synchronous_commit=off");

        assertEquals(List.of("synchronous_commit"), DatabaseDurability.lacking(hasty));
    }

    @Test
    void a_database_to_throw_away_is_found(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .setServerConfig("full_page_writes", "off")
                .start()) {
            assertEquals(
                    List.of("fsync", "full_page_writes", "synchronous_commit"),
                    DatabaseDurability.lacking(postgres.getPostgresDatabase()));
        }
    }
}
