package dev.throughline.out.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Tells whether a database keeps what it acknowledges when its machine fails. */
public final class DatabaseDurability {
    /**
     * fsync and full_page_writes are the whole server's; without the one, what was acknowledged may never reach the
     * disk, and without the other, a page may be left half old and half new. synchronous_commit is the connection's:
     * off, and local too where another server is to have it, it acknowledges what is still on its way.
     */
    private static final String LAX = "select name from pg_settings where name in ('fsync', 'full_page_writes') and"
            + " setting <> 'on' or name = 'synchronous_commit' and setting not in ('on', 'remote_apply') order by name";

    private DatabaseDurability() {}

    /**
     * The settings that must be on, and are not.
     *
     * @param connections as the server's own
     * @throws SQLException if the database does not answer
     */
    public static List<String> lacking(DataSource connections) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LAX)) {
            List<String> lacking = new ArrayList<>();
            while (rows.next()) {
                lacking.add(rows.getString(1));
            }
            return lacking;
        }
    }
}
