package dev.throughline.out.database;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Tells the database who is asking: the first statement of every transaction, and without it there are no rows. */
@Dependent
class Entrance {
    static final String ENTER = "select identity.enter(?, ?)";

    private final IdentityKey key;

    @Inject
    Entrance(IdentityKey key) {
        this.key = key;
    }

    /** On the transaction's own connection, which this also ties the transaction to. */
    void enter(EntityManager entities, RowIdentity identity) {
        String claims = identity.claims();
        try (PreparedStatement enter = entities.unwrap(Connection.class).prepareStatement(ENTER)) {
            enter.setString(1, claims);
            enter.setBytes(2, key.mac(claims));
            enter.execute();
            IdentityGuard.entered(entities);
        } catch (SQLException e) {
            throw new PersistenceException("The database was not told who is asking", e);
        }
    }
}
