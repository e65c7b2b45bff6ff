package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.access.Consent;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.Consents;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.out.People;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JpaConsentsTest extends ConsentsContract {
    private final JpaConsents consents =
            new JpaConsents(TestDatabase.shared().asApplication(), TestDatabase.audit(), clock);
    private final JpaConsents otherInstance =
            new JpaConsents(TestDatabase.shared().asApplication(), TestDatabase.audit(), clock);

    @Override
    Consents consents() {
        return consents;
    }

    @Override
    Consents otherInstance() {
        return otherInstance;
    }

    @Test
    void an_entry_with_a_scope_that_is_not_known_is_an_error_of_ours() throws SQLException {
        User vic = People.someone(People.someTenant());
        ConsentEntry entry = consents.ask(People.person(vic), "orders-assistant", Set.of(Scope.ORDERS_READ));
        try (Connection connection = TestDatabase.shared().postgres().superuser();
                PreparedStatement statement =
                        connection.prepareStatement("update consent set scopes = 'Orders.Everything' where id = ?")) {
            statement.setObject(1, entry.id().value());
            assertEquals(1, statement.executeUpdate());
        }
        assertThrows(IllegalStateException.class, () -> consents.find(vic, entry.id()));
        assertEquals(Consent.ASKED, consents.state(vic.tenant(), vic.id(), "orders-assistant"));
    }
}
