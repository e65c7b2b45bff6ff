package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import org.junit.jupiter.api.Test;

class PagesTest extends ProjectTest {

    @Test
    void the_start_page_says_what_is_imitated_and_allows_no_script() {
        Reply home = project.open("http://localhost:" + project.ports.foundry() + "/");

        assertEquals(200, home.status());
        assertTrue(home.body().contains("What it does not"));
        assertTrue(home.response()
                .headers()
                .firstValue("Content-Security-Policy")
                .orElse("")
                .startsWith("default-src 'none';"));
        assertEquals(
                200,
                project.open("http://localhost:" + project.ports.foundry() + "/style.css")
                        .status());
    }

    @Test
    void only_paths_that_exist_are_served() {
        assertEquals(
                404,
                project.open("http://localhost:" + project.ports.foundry() + "/favicon.ico")
                        .status());
    }
}
