package dev.throughline.out.database;

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
    private static final String ENTERED = "throughline.entered";

    /** For the provider. */
    public IdentityGuard() {}

    /** Says that the database has been told. It counts for this transaction's session alone. */
    static void entered(UnitOfWork unit) {
        unit.getParent().setProperty(ENTERED, true);
    }

    @Override
    public void customize(Session session) {
        session.getEventManager().addListener(this);
    }

    @Override
    public void preExecuteQuery(SessionEvent event) {
        require(event.getSession());
    }

    /** Refuses to go on in a session in which nobody has entered. */
    static void require(Session session) {
        if (session.getProperty(ENTERED) == null) {
            throw new IllegalStateException("A query runs although nobody has said who is asking");
        }
    }
}
