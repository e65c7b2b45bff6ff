package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hostile texts stay texts, whoever wrote them: the person, the data or the agent. */
@ExtendWith(Browsers.class)
class SafetyInBrowserIT {
    private static final String MARKUP = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>"
            + "<svg onload=\"window.hacked=1\"></svg><iframe src=\"javascript:parent.hacked=1\"></iframe>";

    @Test
    void the_page_comes_with_a_policy_that_allows_no_script_but_its_own(Visitors visitors) {
        Response page = visitors.comes().page().reload();

        String policy = page.headerValue("content-security-policy");
        assertTrue(policy.contains("default-src 'none'"), policy);
        assertTrue(policy.contains("script-src 'self'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals("nosniff", page.headerValue("x-content-type-options"));
    }

    @Test
    void what_a_person_writes_is_shown_as_they_wrote_it(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);

        vic.getsAnswerTo("List my orders " + MARKUP + " **bold**");

        vic.sees("message-user", "List my orders " + MARKUP + " **bold**");
        nothingRan(vic);
        assertThat(vic.page().locator("main strong")).hasCount(0);
    }

    @Test
    void what_stands_in_the_data_is_shown_as_it_stands_there(Visitors visitors) throws SQLException {
        order(
                "insert into orders (number, tenant, customer_name, owner, product, quantity, status, created_at, version)"
                        + " values (900, ?::uuid, ?, ?::uuid, 'Lamp', 1, 'pending', now(), 1)");
        try {
            Visitor vic = visitors.comes().signsInAs(Person.VIC);

            vic.getsAnswerTo("Show ORD-900");

            assertThat(vic.part("message-assistant").last()).containsText("window.hacked");
            nothingRan(vic);
        } finally {
            order(
                    "delete from orders where number = 900 and tenant = ?::uuid and customer_name = ? and owner = ?::uuid");
        }
    }

    private static void order(String sql) throws SQLException {
        try (Connection connection = Running.stack().database().superuser();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Person.VIC.tenant);
            statement.setString(2, MARKUP);
            statement.setString(3, Person.VIC.id);
            statement.executeUpdate();
        }
    }

    @Test
    void what_an_agent_answers_runs_nothing_and_fetches_nothing(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        Set<String> origins = new TreeSet<>();
        vic.context().onRequest(request -> origins.add(URI.create(request.url()).getAuthority()));
        answerWith(
                vic,
                text(MARKUP + "\\n\\n![see](https://evil.example/track.png) [here](javascript:window.hacked=1)"
                        + " [there](https://evil.example/)\\n\\n# Big"));

        vic.says("Hello");

        Locator answer = vic.answer();
        assertThat(answer).containsText("window.hacked=1");
        nothingRan(vic);
        assertThat(answer.locator("a[href^='javascript:']")).hasCount(0);
        assertThat(answer.locator("a[href='https://evil.example/']")).hasAttribute("rel", "noopener noreferrer");
        assertThat(answer.locator("h1, h2")).hasCount(0);
        assertFalse(origins.contains("evil.example"), origins.toString());
    }

    @Test
    void a_consent_link_to_a_strange_place_is_not_offered(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        for (String link :
                List.of("https://evil.example/consent", "javascript:window.hacked=1", "http://evil.example/")) {
            answerWith(
                    vic,
                    "{\"type\":\"RUN_FINISHED\",\"threadId\":\"t\",\"runId\":\"r\",\"outcome\":"
                            + "{\"type\":\"interrupt\",\"interrupts\":[{\"id\":\"i\",\"reason\":\"consent\",\"message\":\"m\","
                            + "\"metadata\":{\"agent\":\"orders-assistant\",\"scopes\":[],\"consent_link\":\"" + link
                            + "\"}}]}}");
            vic.says("List my orders");

            vic.sees("consent-card", "does not lead to a place this server trusts");
            vic.seesNo("consent-link");
            vic.part("new-chat").click();
        }
    }

    private static String text(String delta) {
        return "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"" + delta.replace("\"", "\\\"")
                + "\"}";
    }

    /** Puts an agent of our own in the place of the real one. */
    private static void answerWith(Visitor visitor, String event) {
        visitor.page().unrouteAll();
        visitor.page()
                .route(
                        "**/api/v1/chat",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/event-stream")
                                .setBody(List.of(
                                                "{\"type\":\"RUN_STARTED\",\"threadId\":\"t\",\"runId\":\"r\"}",
                                                event,
                                                "{\"type\":\"RUN_FINISHED\",\"threadId\":\"t\",\"runId\":\"r\"}")
                                        .stream()
                                        .map(data -> "data: " + data + "\n\n")
                                        .collect(java.util.stream.Collectors.joining()))));
    }

    private static void nothingRan(Visitor visitor) {
        assertEquals("undefined", visitor.page().evaluate("typeof window.hacked"));
        assertThat(visitor.page().locator("main img, main iframe, main script, .message svg[onload]"))
                .hasCount(0);
    }
}
