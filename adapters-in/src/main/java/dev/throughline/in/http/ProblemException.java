package dev.throughline.in.http;

import java.util.Map;

/** Ends a request with a problem, from wherever it was found. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    public ProblemException(Problem problem) {
        this(problem, Map.of());
    }

    /** @param headers what else the answer says, such as a challenge */
    public ProblemException(Problem problem, Map<String, String> headers) {
        super(problem.reason(), null, false, false);
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    public Problem problem() {
        return problem;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
