package dev.throughline.out.database;

import dev.throughline.access.Action;
import dev.throughline.access.Approval;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Proposal;
import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An approval as a row. Once it is asked, only its state changes, by conditional statements. */
@Entity
@Table(name = "approval")
class ApprovalRow {
    @Id
    private UUID id;

    private UUID tenant;

    private UUID owner;

    private String agent;

    private String action;

    @Column(name = "arguments_digest")
    private String argumentsDigest;

    private @Nullable Long version;

    @Column(name = "policy_version")
    private String policyVersion;

    private String arguments;

    private @Nullable String before;

    private @Nullable String after;

    private String state;

    @Column(name = "asked_at")
    private Instant askedAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    /** For the provider. */
    protected ApprovalRow() {}

    static ApprovalRow of(Approval approval, Instant askedAt, StoredJson json) {
        Proposal proposal = approval.proposal();
        ApprovalRow row = new ApprovalRow();
        row.id = approval.id().value();
        row.tenant = proposal.tenant().value();
        row.owner = proposal.user().value();
        row.agent = proposal.agent();
        row.action = proposal.action().tool();
        row.argumentsDigest = proposal.argumentsDigest();
        row.version = proposal.version().isPresent() ? proposal.version().getAsLong() : null;
        row.policyVersion = proposal.policyVersion();
        row.arguments = json.toJson(approval.arguments()).toString();
        row.before =
                approval.before().map(shown -> json.toJson(shown).toString()).orElse(null);
        row.after = approval.after().map(shown -> json.toJson(shown).toString()).orElse(null);
        row.state = name(approval.state());
        row.askedAt = Storable.moment(askedAt);
        row.expiresAt = Storable.moment(approval.expiresAt());
        return row;
    }

    /** The state's name in the column. */
    static String name(Approval.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalStateException if the row is nothing that this version has written */
    Approval toApproval(StoredJson json) {
        return new Approval(
                new ApprovalId(id),
                new Proposal(
                        new TenantId(tenant),
                        new UserId(owner),
                        agent,
                        toAction(),
                        argumentsDigest,
                        version == null ? OptionalLong.empty() : OptionalLong.of(version),
                        policyVersion),
                StoredJson.toValues(json.object(arguments)),
                Optional.ofNullable(before).map(shown -> StoredJson.toValues(json.object(shown))),
                Optional.ofNullable(after).map(shown -> StoredJson.toValues(json.object(shown))),
                toState(),
                expiresAt);
    }

    private Action toAction() {
        return Arrays.stream(Action.values())
                .filter(known -> known.tool().equals(action))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A stored approval is for an action that is not known"));
    }

    private Approval.State toState() {
        return Arrays.stream(Approval.State.values())
                .filter(known -> name(known).equals(state))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A stored approval has a state that is not known"));
    }
}
