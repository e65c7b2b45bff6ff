package dev.throughline.e2e;

import dev.throughline.local.run.LocalStack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The database, seen and changed from outside the product. */
final class Rows {
    private static final String COLUMNS = "select format('%I', table_name), format('%I', column_name)"
            + " from information_schema.columns where table_schema = 'public' order by 1, 2";

    private final LocalStack stack;

    Rows(LocalStack stack) {
        this.stack = stack;
    }

    /** Runs a statement that changes something. */
    void change(String sql) {
        try (Connection connection = stack.database().superuser();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of what a query finds. */
    List<String> find(String sql) {
        try (Connection connection = stack.database().superuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The same about records, once all that happened before is on record: that of a permitted read is written a moment
     * later, within 200 milliseconds where nothing else is going on.
     */
    List<String> recorded(String sql) {
        List<String> found = List.of();
        for (int attempt = 0; attempt < 10 && found.isEmpty(); attempt++) {
            pause();
            found = find(sql);
        }
        return found;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The columns, of all tables and whatever their type, in which a text stands anywhere. */
    List<String> columnsContaining(String text) {
        try (Connection connection = stack.database().superuser();
                Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery(COLUMNS)) {
            List<String> found = new ArrayList<>();
            while (columns.next()) {
                if (contains(connection, columns.getString(1), columns.getString(2), text)) {
                    found.add(columns.getString(1) + "." + columns.getString(2));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean contains(Connection connection, String table, String column, String text)
            throws SQLException {
        String sql = "select exists (select 1 from " + table + " where position(? in " + column + "::text) > 0)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, text);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
