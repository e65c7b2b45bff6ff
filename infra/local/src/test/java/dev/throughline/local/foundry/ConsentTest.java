package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentTest {

    @TempDir
    Path dataDir;

    OrdersProject project;

    @BeforeEach
    void start() throws Exception {
        project = new OrdersProject(dataDir);
    }

    @AfterEach
    void stop() {
        project.close();
    }

    @Test
    void the_first_use_asks_for_consent_and_the_next_one_answers_as_the_user() {
        OrdersProject.Reply first = project.ask("vic", "list my orders");
        assertEquals(List.of("oauth_consent_request"), first.itemTypes(), first.body());
        String link = first.item("oauth_consent_request").path("consent_link").stringValue();

        OrdersProject.Reply page = project.consent(link, "vic", "accept");
        assertEquals(200, page.status());
        assertTrue(page.body().contains("You can close this window and go back to the chat"));

        OrdersProject.Reply second = project.ask("vic", "list my orders");
        assertEquals(List.of("mcp_list_tools", "mcp_call", "message"), second.itemTypes(), second.body());
        assertTrue(second.text().contains("ORD-003"), second.text());
    }
}
