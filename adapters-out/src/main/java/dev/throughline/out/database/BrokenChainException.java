package dev.throughline.out.database;

/** The audit log is not what was sealed. */
final class BrokenChainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ChainFault fault;

    /** @param seq the place where it shows */
    BrokenChainException(long seq, ChainFault fault) {
        super(fault.code() + " seq=" + seq);
        this.fault = fault;
    }

    ChainFault fault() {
        return fault;
    }
}
