package dev.throughline.out.database;

import dev.throughline.access.ApprovalId;
import dev.throughline.access.ClientId;
import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import dev.throughline.trail.VerifiedToolCall;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A verified tool call as a row. Its scopes stand in one text, as in a token. */
@Entity
@Table(name = "tool_call")
class ToolCallRow {
    @Id
    private UUID id;

    private UUID tenant;

    @Column(name = "user_id")
    private @Nullable UUID user;

    private @Nullable String agent;

    private String client;

    private String audience;

    private String scopes;

    private String tool;

    @Column(name = "arguments_digest")
    private String argumentsDigest;

    private String decision;

    private String rule;

    private @Nullable UUID approval;

    private Instant at;

    private boolean claimed;

    private @Nullable UUID request;

    /** For the provider. */
    protected ToolCallRow() {}

    static ToolCallRow of(VerifiedToolCall call) {
        ToolCallRow row = new ToolCallRow();
        row.id = call.id();
        row.tenant = call.tenant().value();
        row.user = call.user().map(UserId::value).orElse(null);
        row.agent = call.agent().orElse(null);
        row.client = call.client().value();
        row.audience = call.audience();
        row.scopes = String.join(" ", new TreeSet<>(call.scopes()));
        row.tool = call.tool();
        row.argumentsDigest = call.argumentsDigest();
        row.decision = call.decision();
        row.rule = call.rule();
        row.approval = call.approval().map(ApprovalId::value).orElse(null);
        row.at = Storable.moment(call.at());
        row.request = call.request().orElse(null);
        return row;
    }

    UUID id() {
        return id;
    }

    VerifiedToolCall toCall() {
        return new VerifiedToolCall(
                id,
                new TenantId(tenant),
                Optional.ofNullable(user).map(UserId::new),
                Optional.ofNullable(agent),
                new ClientId(client),
                audience,
                scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" ")),
                tool,
                argumentsDigest,
                decision,
                rule,
                Optional.ofNullable(approval).map(ApprovalId::new),
                at,
                Optional.ofNullable(request));
    }
}
