package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.Map;

/** The two ways in which a turn can be heard; whatever is true of turns is true in both. */
enum Hearing {
    /** One JSON document at the end. */
    AT_ONCE,
    /** Events while it happens. */
    LIVE;

    /** Has a turn, which must begin. */
    Turn turn(WebChat chat, Person person, Map<String, Object> body) {
        if (this == AT_ONCE) {
            return Turn.of(Json.of(chat.chat(person, body).body()));
        }
        HttpResponse<String> stream = chat.stream(person, body);
        assertEquals(200, stream.statusCode(), stream.body());
        return Turn.of(Events.of(stream.body()));
    }
}
