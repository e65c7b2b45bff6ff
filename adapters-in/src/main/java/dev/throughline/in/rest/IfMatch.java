package dev.throughline.in.rest;

import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The precondition of a change (RFC 9110 section 13.1.1). Our entity tags are versions; a tag that is none of ours, or
 * is weak, is well formed but matches nothing.
 */
final class IfMatch {
    private static final int MAX_TAGS = 10;
    private static final int MAX_LENGTH = 1024;
    private static final long NO_VERSION = 0;
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t,]*(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"[ \\t]*(?=,|$)");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    private IfMatch() {}

    /**
     * The versions that the change may be made to, each to be tried in turn; one empty value where any will do.
     *
     * @param headers the values of the header, in order
     */
    static List<OptionalLong> expected(List<String> headers) {
        String header = String.join(",", headers).strip();
        if (headers.isEmpty() || header.equals("*")) {
            return List.of(OptionalLong.empty());
        }
        if (header.length() > MAX_LENGTH) {
            throw malformed();
        }
        List<OptionalLong> versions = new ArrayList<>();
        Matcher tags = TAG.matcher(header);
        int end = 0;
        while (tags.find()) {
            versions.add(OptionalLong.of(version(tags.group(1) != null, tags.group(2))));
            end = tags.end();
        }
        if (versions.isEmpty()
                || versions.size() > MAX_TAGS
                || !header.substring(end).matches("[ \\t,]*")) {
            throw malformed();
        }
        return versions.stream().distinct().toList();
    }

    private static long version(boolean weak, String tag) {
        return !weak && VERSION.matcher(tag).matches() ? Long.parseLong(tag) : NO_VERSION;
    }

    private static ProblemException malformed() {
        return new ProblemException(Problem.ofField(
                "if_match_invalid", "If-Match", "If-Match must be * or up to 10 entity tags such as \"1\"."));
    }
}
