package dev.throughline.in.mcp;

/**
 * The two ways in which the protocol is spoken (MCP 2026-07-28, basic/versioning). They differ in form alone: what is
 * offered, decided and recorded is the same.
 */
enum Era {
    /** To 2025-11-25: {@code initialize} first, then messages; spoken by the SDK. */
    LEGACY(200, RpcError.RESOURCE_NOT_FOUND),
    /** From 2026-07-28: each request says for itself which revision it speaks and what its client can do. */
    MODERN(400, RpcError.INVALID_PARAMS);

    private final int statusOfMalformed;
    private final int resourceNotFound;

    Era(int statusOfMalformed, int resourceNotFound) {
        this.statusOfMalformed = statusOfMalformed;
        this.resourceNotFound = resourceNotFound;
    }

    /** The HTTP status of a request whose parameters are not of the form that its method takes. */
    int statusOfMalformed() {
        return statusOfMalformed;
    }

    /** The code of the error for a resource that is not there. */
    int resourceNotFound() {
        return resourceNotFound;
    }
}
