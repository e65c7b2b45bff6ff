package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.in.http.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may knock; every refused request differs in one header from one that is let in. */
class DoorwayTest {
    private static final String ORIGIN = "https://desk.example";
    private static final String HOST = "desk.example";
    private static final String BOTH = "application/json, text/event-stream";

    private final Doorway doorway =
            new Doorway(new McpSettings(Set.of(ORIGIN, "http://localhost:*"), Set.of(HOST, "localhost:*")));

    @Test
    void a_page_of_ours_and_a_program_without_an_origin_are_let_in() {
        assertEquals(Optional.empty(), reason(List.of(ORIGIN), List.of(HOST), List.of(BOTH)));
        assertEquals(Optional.empty(), reason(List.of(), List.of(HOST), List.of(BOTH)));
        assertEquals(Optional.empty(), reason(List.of("http://localhost:6274"), List.of("localhost:9080"), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://desk.example",
                "https://desk.example.evil.example",
                "https://desk.example:444",
                "http://localhost:x",
                "http://localhost:1@evil.example",
                "http://localhost.evil.example",
                "null",
                ""
            })
    void any_other_origin_is_refused(String origin) {
        assertEquals(Optional.of("origin_not_allowed"), reason(List.of(origin), List.of(HOST), List.of(BOTH)));
        assertEquals(Optional.of("origin_not_allowed"), reason(List.of(ORIGIN, origin), List.of(HOST), List.of(BOTH)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "desk.example:8080", "localhost.evil.example", "localhost:123456", ""})
    void any_other_host_name_is_refused(String host) {
        assertEquals(Optional.of("host_not_allowed"), reason(List.of(ORIGIN), List.of(host), List.of(BOTH)));
    }

    @Test
    void a_request_without_a_host_name_or_with_two_is_refused() {
        assertEquals(Optional.of("host_not_allowed"), reason(List.of(), List.of(), List.of()));
        assertEquals(Optional.of("host_not_allowed"), reason(List.of(), List.of(HOST, HOST), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/*;q=0.5", "text/event-stream,application/json"})
    void whoever_takes_json_is_let_in(String accept) {
        assertEquals(Optional.empty(), reason(List.of(), List.of(HOST), List.of(accept)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/event-stream"})
    void whoever_does_not_is_told_so(String accept) {
        assertEquals(Optional.of("not_acceptable"), reason(List.of(), List.of(HOST), List.of(accept)));
    }

    private Optional<String> reason(List<String> origins, List<String> hosts, List<String> accepts) {
        return doorway.problem(origins, hosts, accepts).map(Problem::reason);
    }
}
