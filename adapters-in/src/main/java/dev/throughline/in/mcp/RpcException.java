package dev.throughline.in.mcp;

import org.jspecify.annotations.Nullable;

/** Ends a request with a fault of the protocol. */
final class RpcException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RpcError error;
    private final transient @Nullable Object id;
    private final int status;

    /** @param status of HTTP: 400 where the message is no message, 200 where it is one that asks for the impossible */
    RpcException(int status, @Nullable Object id, RpcError error) {
        super(error.message(), null, false, false);
        this.status = status;
        this.id = id;
        this.error = error;
    }

    int status() {
        return status;
    }

    byte[] response() {
        return error.response(id);
    }
}
