package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.throughline.access.Agent;
import dev.throughline.access.App;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.Credential;
import dev.throughline.access.Grant;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.out.People;
import dev.throughline.out.database.RowIdentity.Verb;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who somebody is to the database follows from who is calling alone. */
class RowIdentityTest {
    private static final ClientId CLIENT = new ClientId("client");
    private static final App APP = new App(CLIENT, "web-chat", true);
    private static final Credential CREDENTIAL = new Credential(CLIENT, "the-api", Set.of(Scope.values()), Instant.MAX);

    private final User vic = People.someone(People.someTenant(), Role.VIEWER);

    @Test
    void a_person_is_there_with_the_strongest_role_and_no_agents_bounds() {
        User both = new User(vic.tenant(), vic.id(), Set.of(Role.VIEWER, Role.PM));
        RowIdentity identity = RowIdentity.of(new Caller.UserDirectly(both, APP, CREDENTIAL));
        assertEquals(Optional.of(vic.tenant()), identity.tenant());
        assertEquals(Optional.of(vic.id()), identity.user());
        assertEquals("PM", identity.role());
        assertEquals(Optional.empty(), identity.agent());
        assertEquals(EnumSet.allOf(Verb.class), identity.may());

        User none = new User(vic.tenant(), vic.id(), Set.of());
        assertEquals(
                "none",
                RowIdentity.of(new Caller.UserDirectly(none, APP, CREDENTIAL)).role());
    }

    @ParameterizedTest
    @CsvSource({
        "list-orders, READ",
        "get-order, READ",
        "create-order, INSERT",
        "update-order, READ UPDATE",
        "delete-order, READ DELETE",
        "whoami, ''",
        "chat, ''"
    })
    void an_agent_that_acts_for_a_person_leaves_what_its_grant_says(String tool, String verbs) {
        Agent agent = agent(Grant.forPeople(Set.of(tool)));
        for (Caller caller : Set.of(
                new Caller.UserThroughAgent(vic, agent, CREDENTIAL, Consent.ALLOWED),
                new Caller.UserThroughRun(vic, APP, agent, CREDENTIAL, Consent.ALLOWED))) {
            RowIdentity identity = RowIdentity.of(caller);
            assertEquals(Optional.of("assistant"), identity.agent());
            assertEquals("Viewer", identity.role());
            assertEquals(verbs(verbs), identity.may());
        }
    }

    @Test
    void an_agent_as_itself_reads_the_tenants_rows_by_its_grant_and_is_no_person() {
        Grant grant = new Grant(Set.of("update-order"), Set.of("list-orders", "create-order"), Set.of());
        RowIdentity identity =
                RowIdentity.of(new Caller.AgentAsItself(vic.tenant(), vic.id().value(), agent(grant), CREDENTIAL));
        assertEquals(Optional.empty(), identity.user());
        assertEquals("Analyst", identity.role());
        assertEquals(Set.of(Verb.READ), identity.may());
    }

    @Test
    void whoever_comes_through_an_agent_that_nobody_knows_reads_own_rows() {
        User admin = new User(vic.tenant(), vic.id(), Set.of(Role.ADMIN));
        RowIdentity identity = RowIdentity.of(new Caller.UserThroughUnknownAgent(admin, CREDENTIAL, Consent.ALLOWED));
        assertEquals("Viewer", identity.role());
        assertEquals(Set.of(Verb.READ), identity.may());
    }

    @Test
    void in_their_own_affairs_people_have_no_role_and_the_system_is_nobody() {
        RowIdentity own = RowIdentity.of(new User(vic.tenant(), vic.id(), Set.of(Role.ADMIN)));
        assertEquals("none", own.role());
        assertEquals(Set.of(), own.may());
        assertEquals(Optional.empty(), RowIdentity.system().tenant());
        assertEquals("system", RowIdentity.system().role());
    }

    @Test
    void no_two_transactions_are_one() {
        assertNotEquals(RowIdentity.of(vic).transaction(), RowIdentity.of(vic).transaction());
    }

    @Test
    void a_name_cannot_be_taken_for_other_fields() {
        String claims = SomeRows.through(Optional.of("a|b\u0000\u00e9"), "Viewer", vic, Set.of(Verb.READ))
                .claims();
        String[] fields = claims.split("\\|", -1);
        assertEquals(8, fields.length);
        assertEquals("617c62efbfbdc3a9", fields[5]);
    }

    private static Agent agent(Grant grant) {
        return new Agent(
                "assistant",
                Agent.Kind.PROMPT,
                Agent.Route.OAUTH,
                Optional.of(CLIENT),
                grant,
                Set.of(Scope.ORDERS_WRITE));
    }

    private static Set<Verb> verbs(String names) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        for (String name : names.split(" ")) {
            if (!name.isEmpty()) {
                verbs.add(Verb.valueOf(name));
            }
        }
        return verbs;
    }
}
