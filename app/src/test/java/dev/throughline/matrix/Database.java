package dev.throughline.matrix;

import dev.throughline.local.postgres.LocalDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** How many rows there are, counted from outside the product. */
final class Database {
    private final LocalDatabase database;

    Database(LocalDatabase database) {
        this.database = database;
    }

    /** Once all that happened before is on record: that of a permitted read is written a moment later. */
    Map<String, Long> counts() {
        pause();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            Map<String, Long> counts = new TreeMap<>();
            for (String table : tables(statement)) {
                try (ResultSet row = statement.executeQuery("select count(*) from " + table)) {
                    row.next();
                    counts.put(table, row.getLong(1));
                }
            }
            return counts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select format('%I', table_name) from information_schema.tables"
                + " where table_schema = 'public' and table_type = 'BASE TABLE' order by 1")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
