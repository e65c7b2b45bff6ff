package dev.throughline.in.security;

import dev.throughline.access.Origin;
import java.util.Optional;

/**
 * How the gate finds out who calls. Which of the two ways it is, is decided once, where the application is wired;
 * nothing behind the gate knows.
 */
public sealed interface Authentication extends AutoCloseable permits TokenGate, OpenGate {

    /**
     * The caller of a request.
     *
     * @param arrival the request, for the records of what it leads to
     * @throws RejectedTokenException if nobody may come in with what the request presents
     */
    Admission admit(BearerHeader request, Origin.Arrival arrival) throws RejectedTokenException;

    /** Whether good callers can be let in. */
    boolean ready();

    /** What every answer must warn of; empty where callers are authenticated. */
    Optional<String> warning();

    /** Ends what goes on in the background. */
    @Override
    void close();
}
