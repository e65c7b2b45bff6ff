package dev.throughline.in.security;

import dev.throughline.access.ClientId;
import dev.throughline.access.UserId;
import java.util.UUID;

/**
 * The names of the caller that stands for everybody where authentication is off. Whatever it did can be told by them
 * from what a person did: the rules of the gate refuse a token that carries either.
 */
public final class Nobody {
    /** Who it is: the nil UUID (RFC 9562 section 5.9), which stands for no one. */
    public static final UserId USER = new UserId(new UUID(0, 0));

    /** Which client it comes with. */
    public static final ClientId CLIENT = new ClientId("authentication-off");

    private Nobody() {}
}
