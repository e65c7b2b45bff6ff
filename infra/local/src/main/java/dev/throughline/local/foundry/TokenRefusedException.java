package dev.throughline.local.foundry;

/** A connection brings no token, and asking the user would not help: the sentence is the service's. */
final class TokenRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private TokenRefusedException(String message) {
        super(message, null, false, false);
    }

    /** What comes of a UserEntraToken connection with an audience that is not Microsoft's own. */
    static TokenRefusedException onBehalfOf() {
        return new TokenRefusedException("Failed to fetch access token. Status: BadRequest. Details:"
                + " \"ARA OBO token request failed with status BadRequest\"");
    }

    /** The issuer does not know the agent's identity, or not its credential. */
    static TokenRefusedException ofAgent() {
        return new TokenRefusedException("Failed to fetch access token. Status: BadRequest. Details:"
                + " \"The agent identity token request failed with status BadRequest\"");
    }
}
