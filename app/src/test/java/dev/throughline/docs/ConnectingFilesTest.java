package dev.throughline.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files that clients read to find the endpoint: they must all mean the one that the run command starts. */
class ConnectingFilesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolve("..");
    private static final String ENDPOINT = "http://localhost:9080/api/v1/mcp";
    private static final String DESKTOP = "c0ffee00-0000-4000-8000-0000000000a4";

    @ParameterizedTest
    @CsvSource({".mcp.json, mcpServers", ".vscode/mcp.json, servers"})
    void a_client_that_opens_the_repository_finds_the_local_run(String file, String servers) throws IOException {
        JsonNode server = json(file).at("/" + servers + "/throughline-orders");

        assertEquals("http", server.path("type").asString());
        assertEquals(ENDPOINT, server.path("url").asString());
        assertEquals(DESKTOP, server.at("/oauth/clientId").asString());
    }

    @Test
    void the_template_for_registries_has_the_endpoints_path() throws IOException {
        JsonNode remote = json("infra/server.json").at("/remotes/0");

        assertEquals("streamable-http", remote.path("type").asString());
        assertTrue(remote.path("url").asString().startsWith("https://"), remote.toString());
        assertTrue(remote.path("url").asString().endsWith("/api/v1/mcp"), remote.toString());
    }

    @Test
    void the_page_names_the_same_endpoint_and_the_versions_that_the_tests_run() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/connect.md"));
        JsonNode versions = json("app/src/test/clients/package.json").path("dependencies");

        assertTrue(page.contains(ENDPOINT) && page.contains(DESKTOP));
        for (String client : new String[] {"inspector", "client"}) {
            String name = "@modelcontextprotocol/" + client;
            assertTrue(page.contains(name + "@" + versions.path(name).asString()), name);
        }
    }

    private static JsonNode json(String file) throws IOException {
        return new JsonMapper().readTree(Files.readString(ROOT.resolve(file)));
    }
}
