package dev.throughline.out.database;

import dev.throughline.access.Consent;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.ConsentId;
import dev.throughline.access.Scope;
import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** An entry of the consent ledger as a row, for reading. Its scopes stand in one text, as in a token. */
@Entity
@Table(name = "consent")
class ConsentRow {
    @Id
    private UUID id;

    private UUID tenant;

    private UUID owner;

    private String agent;

    private String scopes;

    private String state;

    @Column(name = "changed_at")
    private Instant changedAt;

    /** For the provider. */
    protected ConsentRow() {}

    /** @throws IllegalStateException if the row is nothing that this version has written */
    ConsentEntry toEntry() {
        return new ConsentEntry(
                new ConsentId(id),
                new TenantId(tenant),
                new UserId(owner),
                agent,
                toScopes(),
                toConsent(state),
                changedAt);
    }

    /** The text in the column. */
    static String text(Set<Scope> scopes) {
        return scopes.stream().map(Scope::claim).sorted().collect(Collectors.joining(" "));
    }

    /** @throws IllegalStateException if no entry can be in that state: fail rather than let an agent act */
    static Consent toConsent(String state) {
        return Arrays.stream(Consent.values())
                .filter(known -> known != Consent.NONE && known.wire().equals(state))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A stored consent has a state that is not known"));
    }

    private Set<Scope> toScopes() {
        return Arrays.stream(scopes.split(" "))
                .filter(claim -> !claim.isEmpty())
                .map(claim -> Scope.ofClaim(claim)
                        .orElseThrow(() -> new IllegalStateException("A stored consent has a scope that is not known")))
                .collect(Collectors.toUnmodifiableSet());
    }
}
