package dev.throughline.in.security;

import java.util.Locale;

/** Why a token, or the caller that it names, was not let in. Told to metrics and logs, never to the caller. */
enum TokenRejection {
    MISSING(Answer.CHALLENGE),
    AMBIGUOUS(Answer.BAD_REQUEST),
    MALFORMED_HEADER(Answer.BAD_REQUEST),
    TOKEN_IN_QUERY(Answer.BAD_REQUEST),
    NOT_COMPACT(Answer.INVALID_TOKEN),
    HEADER_INVALID(Answer.INVALID_TOKEN),
    TYPE_FORBIDDEN(Answer.INVALID_TOKEN),
    ALGORITHM_FORBIDDEN(Answer.INVALID_TOKEN),
    KEY_UNKNOWN(Answer.INVALID_TOKEN),
    SIGNATURE_INVALID(Answer.INVALID_TOKEN),
    CLAIMS_INVALID(Answer.INVALID_TOKEN),
    ISSUER_MISMATCH(Answer.INVALID_TOKEN),
    VERSION_MISMATCH(Answer.INVALID_TOKEN),
    TENANT_MISMATCH(Answer.INVALID_TOKEN),
    AUDIENCE_MISMATCH(Answer.INVALID_TOKEN),
    EXPIRED(Answer.INVALID_TOKEN),
    NOT_YET_VALID(Answer.INVALID_TOKEN),
    LIFETIME_TOO_LONG(Answer.INVALID_TOKEN),
    SUBJECT_INVALID(Answer.INVALID_TOKEN),
    CLIENT_MISSING(Answer.INVALID_TOKEN),
    ID_TOKEN(Answer.INVALID_TOKEN),
    USER_REQUIRED(Answer.FORBIDDEN),
    CLIENT_NOT_REGISTERED(Answer.FORBIDDEN),
    AGENT_IDENTITY_SHARED(Answer.FORBIDDEN),
    KEYS_UNAVAILABLE(Answer.UNAVAILABLE);

    /** How the edge answers. */
    enum Answer {
        CHALLENGE,
        INVALID_TOKEN,
        BAD_REQUEST,
        FORBIDDEN,
        UNAVAILABLE
    }

    private final Answer answer;

    TokenRejection(Answer answer) {
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
