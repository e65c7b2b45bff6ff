package dev.throughline.out.database;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.eclipse.persistence.sessions.UnitOfWork;

/** Sees to it that the database is told who is asking before it does anything else in a transaction. */
@Dependent
class Entrance {
    private final IdentityKey key;

    @Inject
    Entrance(IdentityKey key) {
        this.key = key;
    }

    /** Has the database told with the transaction's first statement, whichever that is. */
    void enter(EntityManager entities, RowIdentity identity) {
        IdentityGuard.expect(entities.unwrap(UnitOfWork.class), entering(identity));
    }

    Entering entering(RowIdentity identity) {
        String claims = identity.claims();
        return new Entering(claims, key.mac(claims));
    }
}
