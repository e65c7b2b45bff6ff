package dev.throughline.access;

/**
 * One of our own applications, through which a person acts directly.
 *
 * @param client the client it signs people in with
 * @param name its name in the registry
 * @param mayApprove whether its users may chat, consent and approve in it
 */
public record App(ClientId client, String name, boolean mayApprove) {}
