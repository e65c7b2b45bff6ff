package dev.throughline.in.chat;

import dev.throughline.conversation.Ask;
import dev.throughline.conversation.ConversationId;
import dev.throughline.in.http.JsonRequest;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a person wants of an agent: to say something, to go on, or to end what waits; exactly one of them. */
final class ChatRequest {
    private static final String MESSAGE = "message";
    private static final String CONVERSATION = "conversation_id";
    private static final String AGENT = "agent";
    private static final String RESUME = "resume";
    private static final String DECLINE = "decline";
    private static final Pattern AGENT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

    private ChatRequest() {}

    /**
     * @throws ProblemException with status 400, 404, 413 or 415; a conversation's id that cannot be one is answered as
     *     an unknown one
     */
    static Ask read(InputStream body, Optional<String> contentType) throws IOException {
        JsonRequest request =
                JsonRequest.read(body, contentType, Set.of(MESSAGE, CONVERSATION, AGENT, RESUME, DECLINE));
        if (Stream.of(MESSAGE, RESUME, DECLINE).filter(request::has).count() != 1) {
            throw invalid(MESSAGE, "Send exactly one of message, resume and decline.");
        }
        if (request.has(MESSAGE)) {
            return say(request);
        }
        if (request.has(AGENT)) {
            throw invalid(AGENT, "agent goes with message only.");
        }
        requireTrue(request, request.has(RESUME) ? RESUME : DECLINE);
        ConversationId conversation = conversation(request).orElseThrow(() -> JsonRequest.missing(CONVERSATION));
        return request.has(RESUME) ? new Ask.Resume(conversation) : new Ask.Decline(conversation);
    }

    private static Ask say(JsonRequest request) {
        String message = request.text(MESSAGE).orElseThrow();
        if (message.isBlank() || message.length() > Ask.Say.MAX_LENGTH) {
            throw invalid(MESSAGE, "message must be 1 to %d characters.".formatted(Ask.Say.MAX_LENGTH));
        }
        Optional<String> agent = request.text(AGENT);
        if (agent.isPresent() && !AGENT_NAME.matcher(agent.get()).matches()) {
            throw new ProblemException(ChatProblems.NO_SUCH_AGENT);
        }
        return new Ask.Say(message, conversation(request), agent);
    }

    private static Optional<ConversationId> conversation(JsonRequest request) {
        return request.text(CONVERSATION)
                .map(text -> ConversationId.parse(text)
                        .orElseThrow(() -> new ProblemException(ChatProblems.NO_SUCH_CONVERSATION)));
    }

    private static void requireTrue(JsonRequest request, String name) {
        if (!request.flag(name).orElseThrow()) {
            throw invalid(name, name + " must be true.");
        }
    }

    private static ProblemException invalid(String field, String sentence) {
        return new ProblemException(Problem.ofField("value_invalid", field, sentence));
    }
}
