package dev.throughline;

/**
 * Something that the product needs, such as its database, does not answer at the moment. What was asked for has not
 * been acknowledged; the caller may try again.
 */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what what does not answer, in a word that may be logged
     * @param cause what the adapter saw
     */
    public Unavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
