package dev.throughline.access;

import dev.throughline.access.Decision.Permit;
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
     * Notes that a person was seen to have consented elsewhere, unless there is an entry; a new one is on record in the
     * same transaction.
     *
     * @param caller the person, with the token that shows it
     * @return what holds now
     */
    Consent noteAllowed(Caller.Person caller, String agent, Set<Scope> scopes);

    /**
     * Asks a person: makes the entry, or lets one that was denied ask again; one that is revoked stays so. Where the
     * person is asked, that is on record in the same transaction.
     *
     * @param caller the person, through the agent
     */
    ConsentEntry ask(Caller.Person caller, String agent, Set<Scope> scopes);

    /**
     * Writes what a person says, and records it in the same transaction.
     *
     * @param permit the person's, for what decides it
     * @param state any but {@code NONE} and {@code ASKED}; a {@code DENIED} leaves what is revoked as it is
     * @return the entry as it is now; empty if there is none of this id of that person
     */
    Optional<ConsentEntry> decide(Permit permit, ConsentId id, Consent state);
}
