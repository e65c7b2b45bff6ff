package dev.throughline.battery;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Speaks one era with the server under test, with a session of its own for each purpose where the server keeps any. */
final class Client {
    private static final String SESSION_HEADER = "Mcp-Session-Id";

    private final Target target;
    private final Era era;
    private final Map<Issuer.Purpose, Optional<String>> sessions = new EnumMap<>(Issuer.Purpose.class);

    Client(Target target, Era era) {
        this.target = target;
        this.era = era;
    }

    Target target() {
        return target;
    }

    Era era() {
        return era;
    }

    Optional<Token> token(Issuer.Purpose purpose) {
        return target.issuer().token(purpose);
    }

    /** Whether the server speaks this era at all, seen with a good token. */
    boolean spoken() {
        Answer answer = era.hello(target)
                .bearing(token(Issuer.Purpose.READING).orElseThrow().compact())
                .send();
        String spoken = answer.result().at("protocolVersion").text().orElse(era.version());
        return answer.ran() && spoken.equals(era.version());
    }

    /** The reading call, without a token, in a session of the reader's. */
    Request reading() {
        return call(Issuer.Purpose.READING, target.reading());
    }

    /** A call without a token, in a session of whom it is for. */
    Request call(Issuer.Purpose purpose, Target.ToolCall call) {
        return request(purpose, "tools/call", call.parameters());
    }

    /** A method without a token, in a session of whom it is for. */
    Request request(Issuer.Purpose purpose, String method, Map<String, Object> parameters) {
        Request request = era.request(target, method, parameters);
        return session(purpose).map(id -> request.with(SESSION_HEADER, id)).orElse(request);
    }

    /** The session that the server minted for a purpose; empty where it keeps none. */
    Optional<String> session(Issuer.Purpose purpose) {
        return era == Era.STATELESS ? Optional.empty() : sessions.computeIfAbsent(purpose, this::open);
    }

    private Optional<String> open(Issuer.Purpose purpose) {
        Optional<Token> token = token(purpose);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> id =
                era.hello(target).bearing(token.get().compact()).send().header("mcp-session-id");
        id.ifPresent(
                session -> Request.post(target.url(), "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .with(Era.VERSION_HEADER, era.version())
                        .with(SESSION_HEADER, session)
                        .bearing(token.get().compact())
                        .send());
        return id;
    }
}
