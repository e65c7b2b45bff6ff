package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class TraceContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void a_trace_is_taken_from_what_is_said_about_the_request() {
        assertEquals(Optional.of(new TraceContext(TRACE, SPAN)), of("\"00-" + TRACE + "-" + SPAN + "-01\""));
        assertEquals(Optional.of(new TraceContext(TRACE, SPAN)), of("\"00-" + TRACE + "-" + SPAN + "-00\""));
    }

    @Test
    void a_later_version_may_say_more_and_this_one_may_not() {
        assertEquals(Optional.of(new TraceContext(TRACE, SPAN)), of("\"01-" + TRACE + "-" + SPAN + "-01-more\""));
        assertEquals(Optional.empty(), of("\"00-" + TRACE + "-" + SPAN + "-01-more\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "null",
                "{}",
                "\"\"",
                "\"00-" + TRACE + "-" + SPAN + "\"",
                "\"ff-" + TRACE + "-" + SPAN + "-01\"",
                "\"00-00000000000000000000000000000000-" + SPAN + "-01\"",
                "\"00-" + TRACE + "-0000000000000000-01\"",
                "\"00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01\"",
                "\"00-" + TRACE + "-" + SPAN + "-1\"",
                "\"00-" + TRACE + "-" + SPAN + "-01\\n\"",
                "\"01-" + TRACE + "-" + SPAN + "-01-\\r\\nforged line\""
            })
    void what_is_not_of_the_form_counts_as_not_sent(String parent) {
        assertEquals(Optional.empty(), of(parent));
    }

    private static Optional<TraceContext> of(String parent) {
        return TraceContext.of(JsonMapper.shared().readTree("{\"traceparent\":" + parent + "}"));
    }
}
