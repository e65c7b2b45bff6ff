package dev.throughline.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.throughline.e2e.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody before the chat's page, and what they can do there. */
final class Visitor {
    private static final Pattern ORDER_ID = Pattern.compile("ORD-\\d{3,}");

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<Predicate<String>> expected = new ArrayList<>();

    Visitor(BrowserContext context) {
        this.context = context;
        context.onConsoleMessage(this::heard);
        context.onWebError(error -> complaints.add(error.error()));
        this.page = context.newPage();
    }

    private void heard(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text() + " (" + message.location() + ")");
        }
    }

    BrowserContext context() {
        return context;
    }

    Page page() {
        return page;
    }

    /** What the browser has complained about so far, in any of this person's pages, and no test expected. */
    List<String> complaints() {
        return complaints.stream()
                .filter(complaint -> expected.stream().noneMatch(known -> known.test(complaint)))
                .toList();
    }

    /** A test that provokes a complaint takes it away, and thereby demands it; its like may follow later. */
    void expectComplaint(Predicate<String> provoked) {
        if (!complaints.removeIf(provoked)) {
            throw new AssertionError("Expected another complaint than " + complaints);
        }
        expected.add(provoked);
    }

    Locator part(String name) {
        return page.getByTestId(name);
    }

    Visitor signsInAs(Person person) {
        part("sign-in").click();
        button(page, person.login).click();
        sees("who", person.login);
        return this;
    }

    /** Asks, and waits until the question is there: until then the last answer is that of another question. */
    Visitor says(String message) {
        Locator questions = part("message-user");
        int before = questions.count();
        part("composer").fill(message);
        part("send").click();
        PlaywrightAssertions.assertThat(questions).hasCount(before + 1);
        return this;
    }

    /** Asks, and consents where that is asked for, until the answer is complete. */
    Locator getsAnswerTo(String question) {
        says(question);
        return getsOn();
    }

    /** Waits until the agent service was asked, so that what it was told to do next happens to this question. */
    void reachesTheAgent() {
        hop("chat", "foundry").waitFor();
        page.waitForTimeout(300);
    }

    /** Consents where the answer that is under way asks for it, until it is complete. */
    Locator getsOn() {
        consentsUntil(part("message-assistant").last().and(page.locator("[data-status=done]")));
        return answer();
    }

    /** Asks, and consents where that is asked for, until something waits for an approval. */
    Locator isAskedToApprove(String message) {
        says(message);
        Locator card = part("approval-card");
        consentsUntil(card);
        PlaywrightAssertions.assertThat(card).hasAttribute("data-state", "pending");
        return card;
    }

    private void consentsUntil(Locator goal) {
        Locator waiting = part("consent-card");
        waiting.or(goal).first().waitFor();
        if (part("consent-allow").isVisible()) {
            part("consent-allow").click();
        } else if (waiting.isVisible()) {
            consents().part("consent-check").click();
        }
    }

    /** Chooses who answers, in a conversation that has not begun. */
    Visitor choosesAgent(String name) {
        part("agent-choice").click();
        agentOption(name).click();
        PlaywrightAssertions.assertThat(part("agent-name")).hasText(name);
        return this;
    }

    Locator agentOption(String name) {
        return page.locator("[data-testid=agent-option][data-agent='" + name + "']");
    }

    /** What the page of permissions says of an agent. */
    Locator grant(String agent) {
        return page.locator("[data-testid=grant][data-agent='" + agent + "']");
    }

    /** The entries of the list of conversations with this title. */
    Locator conversations(String title) {
        return part("conversation").filter(new Locator.FilterOptions().setHasText(title));
    }

    /** Goes to another place of the page, as a link leads there. */
    Visitor goesTo(String place) {
        page.navigate("/" + place);
        return this;
    }

    /** Waits until the answer has ended. */
    Locator answer() {
        Locator answer = part("message-assistant").last();
        PlaywrightAssertions.assertThat(answer).hasAttribute("data-status", "done");
        return answer;
    }

    /** Follows the consent card's link into its new tab. */
    Page opensConsent() {
        Page broker = context.waitForPage(() -> part("consent-link").click());
        broker.waitForLoadState();
        return broker;
    }

    /** Does all that the consent asks for, in its own tab, and comes back. */
    Visitor consents() {
        Page broker = opensConsent();
        button(broker, "Accept").click();
        broker.getByText("You can close this window").waitFor();
        broker.close();
        return this;
    }

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
    }

    /** The trail's entry for the hop between two parties. */
    Locator hop(String from, String to) {
        return page.locator("[data-testid=hop][data-from='" + from + "'][data-to='" + to + "']");
    }

    void sees(String name, String text) {
        PlaywrightAssertions.assertThat(part(name)).containsText(text);
    }

    void seesNo(String name) {
        PlaywrightAssertions.assertThat(part(name)).hasCount(0);
    }

    /** The orders that an answer names. */
    static Set<String> orderIds(Locator answer) {
        return ORDER_ID.matcher(answer.innerText())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
