package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every refusal has in common (RFC 9457), and what none may show. */
final class Problems {
    private static final Pattern INSIDES = Pattern.compile(
            "Exception|\\.java:|\\bat [a-z]+\\.[a-z]|dev\\.throughline|jakarta\\.|com\\.ibm|tools\\.jackson|org\\.postgresql"
                    + "|io\\.modelcontextprotocol\\.|(?i:\\bselect\\b.*\\bfrom\\b|insert into|stacktrace)|AADSTS|CWW[A-Z]{2}\\d|SRVE\\d");

    /** The beginning of a JWT; less of one also stands by chance in cursors and signatures. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]{8,}\\.|eyJ(?:0eXAi|hbGci|raWQi)");

    private Problems() {}

    /** Whether there is a token, or the beginning of one, in a text. */
    static boolean holdsToken(String text) {
        return TOKEN.matcher(text).find();
    }

    /** Asserts that an answer is a problem of this kind, complete and discreet, and answers its document. */
    static Json assertProblem(int status, String reason, HttpResponse<String> answer) {
        String seen = answer.statusCode() + " " + answer.body();
        assertEquals(status, answer.statusCode(), seen);
        assertEquals(Optional.of("application/problem+json"), answer.headers().firstValue("Content-Type"), seen);
        Json problem = Json.of(answer.body());
        assertEquals(reason, problem.text("reason"), seen);
        assertEquals("urn:throughline:problem:" + reason, problem.text("type"), seen);
        assertEquals(status, problem.number("status"), seen);
        assertFalse(problem.text("title").isBlank(), seen);
        assertFalse(problem.text("detail").isBlank(), seen);
        assertEquals(correlationId(answer), problem.text("correlation_id"), seen);
        assertTrue(
                answer.headers().firstValue("Cache-Control").orElse("").contains("no-store"),
                "A problem must not be kept");
        assertDiscreet(answer.body());
        return problem;
    }

    /** The one correlation id of an answer, which is the request's own. */
    static String correlationId(HttpResponse<String> answer) {
        assertEquals(
                answer.request().headers().allValues(Api.CORRELATION_ID),
                answer.headers().allValues(Api.CORRELATION_ID));
        return answer.headers().firstValue(Api.CORRELATION_ID).orElseThrow();
    }

    /** Asserts that a text shows nothing of the server's insides. */
    static void assertDiscreet(String text) {
        Matcher insides = INSIDES.matcher(text);
        assertFalse(insides.find(), () -> "'" + insides.group() + "' in " + text);
    }

    /** The answer without what names the request, to be compared to the byte. */
    static String withoutCorrelationId(HttpResponse<String> answer) {
        String id = correlationId(answer);
        assertTrue(answer.body().contains(id));
        return answer.body().replace(id, "");
    }
}
