package dev.throughline.local.foundry;

/**
 * A connection of kind AgenticIdentityToken: the agent calls the tool as itself, and no user is in the token. An agent
 * without an identity of its own gets the one that all agents of the project share.
 *
 * @param name its name in the project
 * @param audience whom the token is for
 */
record AgentIdentityConnection(String name, String audience) implements Connection {}
