package dev.throughline.in.chat;

/** The client closed the stream; it leaves through the run, so that the call to the agent service is closed, too. */
final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGoneException() {
        super("The client closed the stream", null, false, false);
    }
}
