package dev.throughline.out.database;

import static dev.throughline.out.database.Assistants.ASSISTANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.access.Action;
import dev.throughline.access.Approval;
import dev.throughline.access.Approvals;
import dev.throughline.access.User;
import dev.throughline.out.People;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpaApprovalsTest extends ApprovalsContract {
    private final JpaApprovals approvals =
            new JpaApprovals(TestDatabase.shared().asApplication(), TestDatabase.audit());
    private final JpaApprovals otherInstance =
            new JpaApprovals(TestDatabase.shared().asApplication(), TestDatabase.audit());
    private final User vic = People.someone(People.someTenant());
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    @Override
    Approvals approvals() {
        return approvals;
    }

    @Override
    Approvals otherInstance() {
        return otherInstance;
    }

    @Test
    void a_question_never_lives_longer_for_being_rounded() {
        Approval question = Assistants.question(
                Assistants.proposal(vic, ASSISTANT, Action.DELETE_ORDER, OptionalLong.of(1)), now.plusNanos(900));
        Approval kept = Assistants.ask(approvals, question, now.plusNanos(900)).orElseThrow();
        assertEquals(now.plus(Approval.LIFE), kept.expiresAt());
        assertEquals(Optional.of(kept), approvals.find(vic, question.id()));
    }

    @ParameterizedTest
    @CsvSource({"action, read-minds", "arguments, []", "before, 7", "after, '{\"a\":1,\"a\":2}'"})
    void a_stored_row_that_is_no_approval_is_an_error_of_ours(String column, String broken) throws SQLException {
        Approval question =
                Assistants.question(Assistants.proposal(vic, ASSISTANT, Action.DELETE_ORDER, OptionalLong.of(1)), now);
        Assistants.ask(approvals, question, now);
        assertEquals(Optional.of(question), approvals.find(vic, question.id()));
        try (Connection connection = TestDatabase.shared().postgres().superuser();
                PreparedStatement statement =
                        connection.prepareStatement("update approval set " + column + " = ? where id = ?")) {
            statement.setString(1, broken);
            statement.setObject(2, question.id().value());
            assertEquals(1, statement.executeUpdate());
        }
        assertThrows(IllegalStateException.class, () -> approvals.find(vic, question.id()));
    }
}
