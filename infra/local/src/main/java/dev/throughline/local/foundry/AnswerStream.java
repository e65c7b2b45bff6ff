package dev.throughline.local.foundry;

import dev.throughline.local.responses.Call;
import dev.throughline.local.responses.ServerSentEvents;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event stream of one answer. It begins with its first event, so that what is refused before that is refused with a
 * status.
 */
final class AnswerStream {

    private final Call call;
    private OutputStream out;

    AnswerStream(Call call) {
        this.call = call;
    }

    OutputStream open() throws IOException {
        if (out == null) {
            out = call.stream("text/event-stream; charset=utf-8");
        }
        return out;
    }

    void send(String type, ObjectNode event) throws IOException {
        ServerSentEvents.write(open(), type, event);
    }

    /** Sends what is no event. */
    void sendRaw(String text) throws IOException {
        open().write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    void close() throws IOException {
        open().close();
    }
}
