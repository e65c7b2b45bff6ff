package dev.throughline.out.database;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.QueryTimeoutException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.stream.Stream;

/** Tells failures that pass by themselves from those that somebody must mend. */
final class Outage {
    /**
     * SQLSTATE classes (PostgreSQL, Appendix A): connections; rolled back by a deadlock or the like; resources, a full
     * disk among them; the machine below the database.
     */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "58");

    /**
     * SQLSTATEs: a server that only reads, as one that was replaced by another; idle for too long in a transaction or
     * in none; a transaction or a lock out of time; cancelled by a time-out; the server going down or coming up.
     */
    private static final Set<String> PASSING_STATES =
            Set.of("25006", "25P03", "25P04", "55P03", "57014", "57P01", "57P02", "57P03", "57P05");

    private static final int DEEPEST = 20;

    private Outage() {}

    static boolean isBehind(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(Outage::passes);
    }

    private static boolean passes(Throwable cause) {
        if (cause instanceof SQLException sql) {
            String state = String.valueOf(sql.getSQLState());
            return sql instanceof SQLTransientException
                    || sql instanceof SQLRecoverableException
                    || PASSING_STATES.contains(state)
                    || state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2));
        }
        return cause instanceof QueryTimeoutException || cause instanceof LockTimeoutException;
    }
}
