package dev.throughline.in.mcp;

/** Ends a tool call with an error that the model can read, and mend or pass on. */
public final class ToolErrorException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param sentence for the model, and through it for the person */
    public ToolErrorException(String sentence) {
        super(sentence, null, false, false);
    }
}
