package dev.throughline.out.database;

import java.util.Optional;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;
import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;
import org.eclipse.persistence.sessions.UnitOfWork;

/**
 * Lets no query run before the database has been told who is asking. It would find nothing; but that somebody asks past
 * {@link Database} is a mistake of ours, which must show as one. The persistence unit names it.
 */
public final class IdentityGuard extends SessionEventAdapter implements SessionCustomizer {
    private static final String ENTERING = "throughline.entering";
    private static final String ENTERED = "throughline.entered";

    /** For the provider. */
    public IdentityGuard() {}

    @Override
    public void customize(Session session) {
        session.getEventManager().addListener(this);
    }

    @Override
    public void preExecuteQuery(SessionEvent event) {
        enter(transactionOf(event.getSession()));
    }

    /** Says whom the database is to be told of. It counts for this transaction's session alone. */
    static void expect(UnitOfWork unit, Entering entering) {
        unit.getParent().setProperty(ENTERING, entering);
    }

    /**
     * Tells the database who is asking, unless it has been told.
     *
     * @throws IllegalStateException if nobody is expected
     */
    static void enter(AbstractSession transaction) {
        expected(transaction).ifPresent(entering -> {
            Jdbc.on(transaction, connection -> {
                entering.alone(connection);
                return true;
            });
            entered(transaction);
        });
    }

    /**
     * Whom the database is still to be told of: once, so that nothing more is done where it has refused. Empty if it
     * has been told.
     *
     * @throws IllegalStateException if nobody is expected
     */
    static Optional<Entering> expected(AbstractSession transaction) {
        Object expected = transaction.getProperties().remove(ENTERING);
        if (expected == null && transaction.getProperty(ENTERED) == null) {
            throw new IllegalStateException("A query runs although nobody has said who is asking");
        }
        return Optional.ofNullable((Entering) expected);
    }

    /** Says that the database has been told. */
    static void entered(AbstractSession transaction) {
        transaction.setProperty(ENTERED, true);
    }

    private static AbstractSession transactionOf(Session session) {
        return session instanceof UnitOfWork unit ? unit.getParent() : (AbstractSession) session;
    }
}
