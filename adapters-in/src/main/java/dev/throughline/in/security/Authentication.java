package dev.throughline.in.security;

import java.util.Optional;

/**
 * How the gate finds out who calls. Which of the two ways it is, is decided once, where the application is wired;
 * nothing behind the gate knows.
 */
public sealed interface Authentication extends AutoCloseable permits TokenGate, OpenGate {

    /**
     * The caller of a request.
     *
     * @throws RejectedTokenException if nobody may come in with what the request presents
     */
    Admission admit(BearerHeader request) throws RejectedTokenException;

    /** Whether good callers can be let in. */
    boolean ready();

    /** What every answer must warn of; empty where callers are authenticated. */
    Optional<String> warning();

    /** Ends what goes on in the background. */
    @Override
    void close();
}
