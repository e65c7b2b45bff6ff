package dev.throughline.out.database;

import dev.throughline.access.AuditEntry;
import dev.throughline.out.audit.AuditForm;
import dev.throughline.out.audit.AuditLine;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.stream.Stream;

/**
 * Adds records to the audit log as a part of a transaction. They are written at once and not at its end, so that what
 * cannot be recorded is not done either.
 */
@Dependent
class AuditTable {
    private static final String INSERT = "insert into audit_record (id, body) ";
    private static final String VALUES = "values (?, ?::json)";
    private static final String FOR_EACH_CHANGED = "select ?, ?::json from changed";

    private final AuditForm form;

    @Inject
    AuditTable(AuditForm form) {
        this.form = form;
    }

    /** The record of an entry, made now. */
    AuditLine line(AuditEntry entry) {
        return form.write(entry);
    }

    /** Adds the record of what the transaction does. */
    void add(EntityManager entities, AuditEntry entry) {
        add(entities, List.of(line(entry)));
    }

    /** Adds records. */
    void add(EntityManager entities, List<AuditLine> lines) {
        Jdbc.call(entities, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT + VALUES)) {
                for (AuditLine line : lines) {
                    insert.setObject(1, line.id());
                    insert.setString(2, line.body());
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    /**
     * Changes a row and adds the record of that in one statement, so that neither is there without the other and the
     * record takes no trip to the database of its own.
     *
     * @param change an update or delete of one row at most, with a question mark for each value
     * @return whether there was the row
     */
    boolean change(EntityManager entities, String change, List<?> values, AuditEntry entry) {
        AuditLine line = line(entry);
        return Jdbc.update(
                entities,
                "with changed as (" + change + " returning 1) " + INSERT + FOR_EACH_CHANGED,
                Stream.concat(values.stream(), Stream.of(line.id(), line.body()))
                        .toList());
    }
}
