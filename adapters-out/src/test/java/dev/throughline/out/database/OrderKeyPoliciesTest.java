package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.out.People;
import dev.throughline.out.database.RowIdentity.Verb;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whose keys there are for statements that say nothing of whose they want. */
class OrderKeyPoliciesTest {
    private static final Set<Verb> ALL = EnumSet.allOf(Verb.class);

    private final Database database = TestDatabase.shared().asApplication();
    private final TenantId tenant = People.someTenant();
    private final User pat = People.someone(tenant, Role.PM);
    private final User ana = People.someone(tenant, Role.PM);

    @Test
    void keys_are_there_for_their_person_alone() {
        keep(as(pat), pat, "now()", true);

        assertEquals(1, count(as(pat)));
        assertEquals(0, count(as(ana)));
        assertEquals(0, count(as(new User(People.someTenant(), pat.id(), pat.roles()))));
    }

    @Test
    void a_key_is_kept_by_its_person_alone() {
        assertRefused(() -> keep(as(ana), pat, "now()", true));
        assertDoesNotThrow(() -> keep(as(ana), ana, "now()", true));
    }

    @Test
    void a_key_says_nothing_of_an_order_that_was_not_placed_just_now() {
        assertRefused(() -> keep(as(pat), pat, "now()", false));
        assertDoesNotThrow(() -> keep(as(pat), pat, "now()", true));
    }

    @Test
    void a_viewer_keeps_none() {
        assertRefused(() -> keep(identity(pat, "Viewer", Optional.empty(), ALL), pat, "now()", true));
        assertDoesNotThrow(() -> keep(identity(pat, "PM", Optional.empty(), ALL), pat, "now()", true));
    }

    @Test
    void an_agent_that_may_not_place_orders_neither_sees_nor_keeps_any() {
        RowIdentity places = identity(pat, "PM", Optional.of("an-agent"), Set.of(Verb.INSERT));
        RowIdentity reads = identity(pat, "PM", Optional.of("an-agent"), Set.of(Verb.READ, Verb.UPDATE));
        keep(places, pat, "now()", true);

        assertEquals(1, count(places));
        assertEquals(0, count(reads));
        assertRefused(() -> keep(reads, pat, "now()", true));
    }

    @Test
    void the_system_sees_and_forgets_what_is_older_than_a_day() {
        keep(as(pat), pat, "now() - interval '25 hours'", true);
        keep(as(pat), pat, "now() - interval '23 hours'", true);

        assertTrue(count(RowIdentity.system()) >= 1);
        forgetAll(RowIdentity.system());

        assertEquals(0, count(RowIdentity.system()));
        assertEquals(1, count(as(pat)));
    }

    @Test
    void nobody_else_forgets_any() {
        keep(as(pat), pat, "now() - interval '25 hours'", true);

        forgetAll(as(pat));
        forgetAll(as(ana));

        assertEquals(1, count(as(pat)));
    }

    private RowIdentity as(User user) {
        return identity(user, "PM", Optional.empty(), ALL);
    }

    private static RowIdentity identity(User user, String role, Optional<String> agent, Set<Verb> may) {
        return new RowIdentity(
                Optional.of(user.tenant()), Optional.of(user.id()), role, agent, may, UUID.randomUUID(), Instant.now());
    }

    private long count(RowIdentity identity) {
        return database.transaction(
                identity,
                entities -> ((Number) entities.createNativeQuery("select count(*) from order_key")
                                .getSingleResult())
                        .longValue());
    }

    private void forgetAll(RowIdentity identity) {
        database.transaction(
                identity,
                entities -> entities.createNativeQuery("delete from order_key").executeUpdate());
    }

    /** @param drawn whether the order's number is the one that this transaction has drawn */
    private void keep(RowIdentity identity, User owner, String at, boolean drawn) {
        database.transaction(identity, entities -> {
            Object number = entities.createNativeQuery("select nextval('orders_number_seq')")
                    .getSingleResult();
            return entities.createNativeQuery("insert into order_key values (cast(?1 as uuid), cast(?2 as uuid),"
                            + " encode(sha256(cast(cast(?3 as text) as bytea)), 'hex'), repeat('0', 64), ?4, " + at
                            + ")")
                    .setParameter(1, owner.tenant().value())
                    .setParameter(2, owner.id().value())
                    .setParameter(3, UUID.randomUUID().toString())
                    .setParameter(4, ((Number) number).longValue() - (drawn ? 0 : 1))
                    .executeUpdate();
        });
    }

    private static void assertRefused(Runnable keeping) {
        RuntimeException refused = assertThrows(RuntimeException.class, keeping::run);
        assertTrue(String.valueOf(refused.getMessage()).contains("row-level security"), refused.getMessage());
    }
}
