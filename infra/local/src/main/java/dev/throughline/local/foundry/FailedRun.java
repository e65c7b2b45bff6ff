package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.ResponseWriter;
import java.io.IOException;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** A run that fails, because a test has ordered it. */
final class FailedRun implements Run {

    private final Fault.FailedResponse failure;

    FailedRun(Fault.FailedResponse failure) {
        this.failure = failure;
    }

    @Override
    public Set<String> unsettled() {
        return Set.of();
    }

    @Override
    public ApiError answeredBefore(String id) {
        return ApiError.noOpenApproval(id);
    }

    @Override
    public ObjectNode execute(ObjectNode begun, Fault fault, ResponseWriter.Events events) throws IOException {
        ResponseWriter writer = new ResponseWriter(begun, events);
        writer.begin();
        return writer.fail(failure.code(), failure.message());
    }
}
