package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.ResponseWriter;
import java.io.IOException;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** One run of an agent. */
interface Run {

    /**
     * The ids of the questions (approval requests, function calls) that the input answers and of whose answers nothing
     * has come yet. Where the run ends like that, they can be answered again.
     */
    Set<String> unsettled();

    /** The refusal of an answer to a question that was answered before. */
    ApiError answeredBefore(String id);

    /**
     * Runs to the end and answers with the finished response object.
     *
     * @param begun the response object as it begins
     * @param fault what is to go wrong with its first tool call
     * @throws ApiError where the run is refused before it has sent an event
     * @throws IOException if the client is gone
     */
    ObjectNode execute(ObjectNode begun, Fault fault, ResponseWriter.Events events) throws IOException;
}
