package dev.throughline.local.foundry;

import dev.throughline.local.responses.Json;
import dev.throughline.local.responses.ResponseWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lets an ordered fault happen to the events of one run, and to its finished response. */
final class FaultyEvents implements ResponseWriter.Events {

    private static final String NOVELTY = "novel_item";

    private final Fault fault;
    private final AnswerStream out;
    private final Consumer<ObjectNode> keep;
    private int sent;

    /** @param keep takes the finished response, before its end is told */
    FaultyEvents(Fault fault, AnswerStream out, Consumer<ObjectNode> keep) {
        this.fault = fault;
        this.out = out;
        this.keep = keep;
    }

    @Override
    public void send(String type, ObjectNode event) throws IOException {
        breakOff();
        if (fault instanceof Fault.SlowEvents slow) {
            pause(slow.between());
        }
        String told = type;
        if (event.path("response") instanceof ObjectNode response) {
            changeFinished(fault, response);
            boolean finished = !Json.text(response, "status").equals("in_progress");
            if (finished) {
                told = "response." + Json.text(response, "status");
                event.put("type", told);
                keep.accept(response);
            }
        }
        if (fault instanceof Fault.UnknownKinds) {
            interleave(type, event);
        }
        deliver(told, event);
    }

    private void deliver(String type, ObjectNode event) throws IOException {
        event.put("sequence_number", sent++);
        out.send(type, event);
    }

    /** Ends the stream where the time has come. */
    private void breakOff() throws IOException {
        if (fault instanceof Fault.CutStream cut && sent >= cut.afterEvents()) {
            out.open();
            throw new IOException("The stream was cut, as ordered");
        }
        if (fault instanceof Fault.MalformedEvent malformed && sent >= malformed.afterEvents()) {
            out.sendRaw("event: response.output_text.delta\ndata: {\"type\":\"response.output_te\n\n");
            throw new EndedByFault();
        }
        if (fault instanceof Fault.ErrorEvent error && sent >= error.afterEvents()) {
            deliver(
                    "error",
                    Json.object()
                            .put("type", "error")
                            .put("code", error.code())
                            .put("message", error.message())
                            .putNull("param"));
            throw new EndedByFault();
        }
    }

    /** What the fault makes of a response that is finished; no other is changed. */
    static void changeFinished(Fault fault, ObjectNode response) {
        if (fault instanceof Fault.IncompleteResponse incomplete
                && Json.text(response, "status").equals("completed")) {
            response.put("status", "incomplete");
            response.putObject("incomplete_details")
                    .put("reason", incomplete.reason().isEmpty() ? null : incomplete.reason());
        }
        if (fault instanceof Fault.UnknownKinds && response.path("output") instanceof ArrayNode output) {
            boolean finished = !Json.text(response, "status").equals("in_progress");
            if (finished) {
                output.insert(0, novelty());
            }
        }
    }

    /** The unknown item is the first, so that all others move up by one. */
    private void interleave(String type, ObjectNode event) throws IOException {
        if (event.has("output_index")) {
            event.put("output_index", event.path("output_index").intValue() + 1);
        }
        if (type.equals("response.in_progress")) {
            deliver("response.output_item.added", ofNovelty("response.output_item.added"));
            deliver("response.output_item.done", ofNovelty("response.output_item.done"));
        }
        deliver(
                "response.novelty.noticed",
                Json.object().put("type", "response.novelty.noticed").put("item_id", "nov_1"));
    }

    private static ObjectNode ofNovelty(String type) {
        ObjectNode event = Json.object().put("type", type).put("output_index", 0);
        event.set("item", novelty());
        return event;
    }

    private static ObjectNode novelty() {
        ObjectNode item = Json.object().put("id", "nov_1").put("type", NOVELTY).put("status", "completed");
        item.putArray("parts").addObject().put("kind", 7);
        return item;
    }

    static void pause(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The stream has ended in order, though the run has not. */
    static final class EndedByFault extends IOException {
        private static final long serialVersionUID = 1L;

        EndedByFault() {
            super("The stream was ended, as ordered");
        }
    }
}
