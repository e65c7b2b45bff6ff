package dev.throughline.out.database;

import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.RunRecord;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run as a row, for reading; {@link JpaConversations} writes it in one statement that says whose it is. */
@Entity
@Table(name = "run")
class RunRow {
    @Id
    private UUID id;

    private UUID conversation;

    private Instant at;

    private @Nullable String message;

    private String answer;

    private String tools;

    private String outcome;

    private @Nullable String detail;

    private String hops;

    /** For the provider. */
    protected RunRow() {}

    RunRecord toRun(RunJson json) {
        return new RunRecord(
                id,
                new ConversationId(conversation),
                at,
                Optional.ofNullable(message),
                answer,
                json.tools(tools),
                outcome,
                Optional.ofNullable(detail),
                json.hops(hops));
    }
}
