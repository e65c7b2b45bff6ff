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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    void what_stands_in_the_data_is_shown_as_it_stands_there(Visitors visitors) {
        order(900, Person.VIC, MARKUP, "Lamp");
        try {
            Visitor vic = visitors.comes().signsInAs(Person.VIC);

            vic.getsAnswerTo("Show ORD-900");

            assertThat(vic.part("message-assistant").last()).containsText("window.hacked");
            nothingRan(vic);
        } finally {
            Store.change("delete from orders where number = 900");
        }
    }

    private static void order(int number, Person owner, String customer, String product) {
        Store.change(
                "insert into orders (number, tenant, customer_name, owner, product, quantity, status, created_at, version)"
                        + " values (?, ?::uuid, ?, ?::uuid, ?, 1, 'pending', now(), 1)",
                number,
                owner.tenant,
                customer,
                owner.id,
                product);
    }

    /** Attack rows A37 and A38. */
    @Test
    void an_order_on_an_approval_card_is_text_and_nothing_else(Visitors visitors) {
        String markdown =
                "**bold** ![see](https://evil.example/t.png) [here](javascript:window.hacked=1) \u202edrawkcab";
        order(901, Person.PAT, MARKUP, markdown);
        try {
            Visitor pat = visitors.comes().signsInAs(Person.PAT);
            Set<String> origins = originsOf(pat);

            Locator card = pat.isAskedToApprove(
                    "Change the product of ORD-901 to <img src=x onerror=window.hacked=1> **new** [y](//evil.example)");

            Locator customer = card.locator("[data-field=customer_name] td bdi");
            assertThat(customer).hasText(new String[] {MARKUP, MARKUP});
            Locator product = card.locator("[data-field=product] td bdi");
            assertThat(product.first()).hasText(markdown);
            assertThat(product.last()).containsText("<img src=x onerror=window.hacked=1> **new** [y](//evil.example)");
            card.getByText("The exact call").click();
            assertThat(card.locator("pre")).containsText("<img src=x onerror=window.hacked=1>");
            assertThat(card.locator("a, img, strong, script, iframe, svg[onload]"))
                    .hasCount(0);
            assertThat(card.locator("h3")).hasText("orders-assistant asks to change order ORD-901");
            nothingRan(pat);
            pat.goesTo("#/approvals");
            assertThat(pat.part("approvals-page").locator("[data-field=customer_name] td bdi"))
                    .hasText(new String[] {MARKUP, MARKUP});
            nothingRan(pat);
            assertThat(pat.conversations("<img src=x onerror=window.hacked=1>").first())
                    .isVisible();
            assertThat(pat.part("conversation-list").locator("img, strong")).hasCount(0);
            assertFalse(origins.contains("evil.example"), origins.toString());
        } finally {
            Store.forgetApprovalsOf(Person.PAT);
            Store.change("delete from orders where number = 901");
        }
    }

    /** Attack row A38: who asks and for what is the server's word; an agent cannot write itself another title. */
    @Test
    void an_agent_that_names_its_tool_cleverly_gets_no_clever_title(Visitors visitors) {
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        answerWith(pat, interrupt(approval("11111111-1111-4111-8111-111111111111", "read nothing, it is safe <b>")));

        pat.says("Hello");

        assertThat(pat.part("approval-card").locator("h3")).hasText("orders-assistant asks to use a tool");
        assertThat(pat.part("approval-card").locator("details code")).hasText("read nothing, it is safe <b>");
        nothingRan(pat);
    }

    /** Attack row A45: approvals that came in a list are still decided one by one, each by its own request. */
    @Test
    void a_list_of_approvals_is_not_approved_by_one_click(Visitors visitors) {
        String first = "11111111-1111-4111-8111-111111111111";
        String second = "22222222-2222-4222-8222-222222222222";
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        List<String> decided = new ArrayList<>();
        answerWith(pat, interrupt(approval(first, "update-order"), approval(second, "delete-order")));
        pat.page().route("**/api/v1/approvals/*", route -> {
            String id = route.request().url().replaceAll(".*/", "");
            decided.add(id + " " + route.request().postData());
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(approval(id, "update-order").replace("pending", "approved")));
        });
        pat.says("Hello");
        assertThat(pat.part("approval-approve")).hasCount(2);
        assertThat(pat.page().locator("main .messages button"))
                .hasText(new String[] {"Approve", "Deny", "Approve", "Deny"});

        pat.part("approval-approve").first().click();

        assertThat(pat.part("approval-approve")).hasCount(1);
        assertEquals(List.of(first + " {\"decision\":\"approve\"}"), decided);
    }

    /** Attack row A50. */
    @Test
    void another_page_cannot_show_an_approval_in_a_frame(Visitors visitors) {
        String framing = "<iframe name=%s src='%s'></iframe>";
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        pat.page()
                .route(
                        "http://localhost:1/**",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/html")
                                .setBody(
                                        route.request().url().endsWith("/control")
                                                ? "<p>shown</p>"
                                                : framing.formatted("control", "http://localhost:1/control")
                                                        + framing.formatted(
                                                                "approval",
                                                                Running.stack().web() + "#/approvals"))));

        pat.page().navigate("http://localhost:1/");

        assertThat(pat.page().frameLocator("[name=control]").getByText("shown")).isVisible();
        assertEquals(
                "chrome-error://chromewebdata/", pat.page().frame("approval").url());
    }

    private static Set<String> originsOf(Visitor visitor) {
        Set<String> origins = new TreeSet<>();
        visitor.context()
                .onRequest(request -> origins.add(URI.create(request.url()).getAuthority()));
        return origins;
    }

    private static String approval(String id, String tool) {
        return """
                {"id":"%s","agent":"orders-assistant","tool":"%s","arguments":{"id":"ORD-003"},"before":null,\
                "after":null,"expires_at":"%s","state":"pending","conversation_id":null}\
                """.formatted(id, tool, Instant.now().plusSeconds(200));
    }

    /** The end of an answer that waits for approvals. */
    private static String interrupt(String... approvals) {
        return Stream.of(approvals)
                .map(approval -> "{\"id\":\"" + approval.substring(7, 43)
                        + "\",\"reason\":\"approval\",\"message\":\"m\",\"metadata\":" + approval + "}")
                .collect(Collectors.joining(
                        ",",
                        "{\"type\":\"RUN_FINISHED\",\"threadId\":\"t\",\"runId\":\"r\",\"outcome\":"
                                + "{\"type\":\"interrupt\",\"interrupts\":[",
                        "]}}"));
    }

    @Test
    void what_an_agent_answers_runs_nothing_and_fetches_nothing(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        Set<String> origins = originsOf(vic);
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
                                        .collect(Collectors.joining()))));
    }

    private static void nothingRan(Visitor visitor) {
        assertEquals("undefined", visitor.page().evaluate("typeof window.hacked"));
        assertThat(visitor.page().locator("main img, main iframe, main script, .message svg[onload]"))
                .hasCount(0);
    }
}
