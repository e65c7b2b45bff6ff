package dev.throughline.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Port: the consent ledger, shared by all instances. What one of them writes, the next call on every other sees. */
public interface Consents {

    /** How many entries {@link #of} shows at most; a person has one for each agent. */
    int MOST_SHOWN = 200;

    /** What a person has said to an agent; {@link Consent#NONE} where nothing is known. */
    Consent state(TenantId tenant, UserId user, String agent);

    /** The entry of a person and an agent. */
    Optional<ConsentEntry> find(TenantId tenant, UserId user, String agent);

    /** The entry of this id, if it is that person's. */
    Optional<ConsentEntry> find(User user, ConsentId id);

    /** A person's entries, the one that changed last first. */
    List<ConsentEntry> of(User user);

    /**
     * Notes that a person was seen to have consented elsewhere, unless there is an entry.
     *
     * @return what holds now
     */
    Consent noteAllowed(TenantId tenant, UserId user, String agent, Set<Scope> scopes);

    /** Asks a person: makes the entry, or lets one that was denied ask again; one that is revoked stays so. */
    ConsentEntry ask(TenantId tenant, UserId user, String agent, Set<Scope> scopes);

    /**
     * Writes what a person says.
     *
     * @param state any but {@code NONE} and {@code ASKED}; a {@code DENIED} leaves what is revoked as it is
     * @return the entry as it is now; empty if there is none of this id of that person
     */
    Optional<ConsentEntry> decide(User user, ConsentId id, Consent state);
}
