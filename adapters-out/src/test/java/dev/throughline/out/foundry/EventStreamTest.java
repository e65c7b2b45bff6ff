package dev.throughline.out.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.out.foundry.EventStream.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lines_may_end_in_each_of_three_ways(String end) throws IOException {
        String stream = "event: a" + end + "data: 1" + end + end + "data: 2" + end + end;
        assertEquals(List.of(new Event("a", "1"), new Event("", "2")), read(stream, 1000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void bytes_may_arrive_in_any_pieces(int size) throws IOException {
        String stream = "event: größe\r\ndata: 😀\r\n\r\ndata: 2\r\n\r\n";
        assertEquals(List.of(new Event("größe", "😀"), new Event("", "2")), read(stream, size));
    }

    @Test
    void data_of_several_lines_is_one_event() throws IOException {
        assertEquals(List.of(new Event("", "1\n\n2")), read("data: 1\ndata\ndata: 2\n\n", 1000));
    }

    @Test
    void only_one_space_after_the_colon_belongs_to_the_format() throws IOException {
        assertEquals(List.of(new Event("", " 1"), new Event("", "2")), read("data:  1\n\ndata:2\n\n", 1000));
    }

    @Test
    void comments_and_other_fields_are_passed_over() throws IOException {
        assertEquals(List.of(new Event("", "1")), read(": keep-alive\n\nid: 7\nretry: 5\nnonsense\ndata: 1\n\n", 1000));
    }

    @Test
    void an_event_without_data_is_none() throws IOException {
        assertEquals(List.of(new Event("", "1")), read("event: a\n\ndata: 1\n\n", 1000));
    }

    @Test
    void an_event_that_does_not_end_is_none() throws IOException {
        assertEquals(List.of(new Event("", "1")), read("data: 1\n\ndata: 2\n", 1000));
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_field() throws IOException {
        assertEquals(List.of(new Event("", "1")), read("\uFEFFdata: 1\n\n", 1000));
    }

    @Test
    void an_event_as_long_as_allowed_is_read_and_a_longer_one_is_not() throws IOException {
        int most = 1024 * 1024 - "data: ".length();
        assertEquals(1, read("data: " + "x".repeat(most) + "\n\n", 64 * 1024).size());
        assertThrows(IOException.class, () -> read("data: " + "x".repeat(most + 1) + "\n\n", 64 * 1024));
    }

    @Test
    void many_lines_of_one_event_do_not_get_around_its_limit() {
        assertThrows(IOException.class, () -> read(("data: " + "x".repeat(1000) + "\n").repeat(1100), 64 * 1024));
    }

    @Test
    void a_stream_does_not_go_on_for_ever() {
        String event = "data: " + "x".repeat(1000) + "\n\n";
        assertThrows(IOException.class, () -> read(event.repeat(17 * 1024), 64 * 1024));
    }

    private static List<Event> read(String stream, int size) throws IOException {
        EventStream events = new EventStream();
        List<Event> read = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(stream.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            int length = Math.min(size, bytes.remaining());
            read.addAll(events.feed(bytes.slice(bytes.position(), length)));
            bytes.position(bytes.position() + length);
        }
        return read;
    }
}
