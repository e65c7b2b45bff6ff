package dev.throughline.out.database;

import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A conversation as a row; its version is counted as that of {@link OrderRow} is. */
@Entity
@Table(name = "conversation")
class ConversationRow {
    @Id
    private UUID id;

    private UUID tenant;

    private UUID owner;

    private String agent;

    private String title;

    @Column(name = "last_response")
    private @Nullable String lastResponse;

    private @Nullable String waiting;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    private long version;

    /** For the provider. */
    protected ConversationRow() {}

    static ConversationRow of(Conversation conversation, WaitingJson json) {
        ConversationRow row = new ConversationRow();
        row.id = conversation.id().value();
        row.tenant = conversation.tenant().value();
        row.owner = conversation.owner().value();
        row.agent = conversation.agent();
        row.title = Storable.text(conversation.title());
        row.lastResponse = conversation.lastResponse().orElse(null);
        row.waiting = conversation.waiting().map(json::write).orElse(null);
        row.createdAt = Storable.moment(conversation.createdAt());
        row.changedAt = Storable.moment(conversation.changedAt());
        row.version = conversation.version();
        return row;
    }

    Conversation toConversation(WaitingJson json) {
        return new Conversation(
                new ConversationId(id),
                new TenantId(tenant),
                new UserId(owner),
                agent,
                title,
                Optional.ofNullable(lastResponse),
                Optional.ofNullable(waiting).map(json::read),
                createdAt,
                changedAt,
                version);
    }
}
