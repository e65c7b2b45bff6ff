package dev.throughline.local.foundry;

/** Where a tool server's bearer tokens come from: a connection of the project. */
sealed interface Connection permits OAuthConnection, UserTokenConnection, AgentIdentityConnection {

    /** Its name in the project. */
    String name();
}
