package dev.throughline.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a call comes from, for the record of it. Nothing is decided by any of this.
 *
 * @param arrival the request that brought it
 * @param proof what the verified token says of itself; empty where callers are not authenticated
 * @param turn the turn of a chat that it belongs to; empty outside of one
 */
public record Origin(Arrival arrival, Optional<Proof> proof, Optional<Turn> turn) {
    /** An origin of which nothing is known. */
    public static final Origin UNKNOWN = new Origin(
            new Arrival(
                    new UUID(0, 0), Door.REST, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.of(new Proof(Optional.empty(), Optional.empty(), Optional.empty())),
            Optional.empty());

    /**
     * A request.
     *
     * @param id tells it from every other request; made by us
     * @param door how it came in
     * @param correlation its name in logs, which its sender may have chosen
     * @param trace the trace that it says it belongs to
     * @param token names the token that it presented, and does not lead back to it
     * @param source the network that it came from, without the host
     */
    public record Arrival(
            UUID id,
            Door door,
            Optional<String> correlation,
            Optional<String> trace,
            Optional<String> token,
            Optional<String> source) {}

    /**
     * What a token says of itself.
     *
     * @param issued when it was issued
     * @param expires when it ends
     * @param strength how its person signed in
     */
    public record Proof(Optional<Instant> issued, Optional<Instant> expires, Optional<String> strength) {}

    /**
     * A turn of a chat.
     *
     * @param conversation the conversation
     * @param run the run of its agent
     */
    public record Turn(UUID conversation, UUID run) {}

    /** The same within a turn. */
    public Origin within(Turn part) {
        return new Origin(arrival, proof, Optional.of(part));
    }
}
