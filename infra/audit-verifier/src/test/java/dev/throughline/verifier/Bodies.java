package dev.throughline.verifier;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Bodies of records, no two alike: refusals, reads, and writes through an agent with everything that is noted of them.
 */
final class Bodies {
    private static final long TIME = 0x19ac0000000L;

    private Bodies() {}

    static List<String> of(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Bodies::body).toList();
    }

    static String body(int n) {
        return switch (n % 3) {
            case 0 -> refusal(n);
            case 1 -> read(n);
            default -> write(n);
        };
    }

    static String id(int n) {
        long time = TIME + n;
        return String.format(
                Locale.ROOT, "%08x-%04x-7%03x-8%03x-%012x", time >>> 16, time & 0xffff, n & 0xfff, n >>> 12 & 0xfff, n);
    }

    private static String refusal(int n) {
        return "{" + start(n) + ",\"subject\":\"user\"," + user() + ",\"client\":\"" + uuid(0xa2)
                + "\",\"door\":\"rest\",\"action\":\"delete-order\",\"resource\":\"ORD-" + (1000 + n)
                + "\",\"decision\":\"deny\",\"rule\":\"role\",\"outcome\":\"refused\",\"policy\":\"7\"," + request(n)
                + ",\"correlation\":\"caf\\u00e9 \\\"" + n + "\\\" \\\\ \\n\",\"authentication_off\":true}";
    }

    private static String read(int n) {
        return "{" + start(n) + ",\"subject\":\"user\"," + user() + ",\"client\":\"" + uuid(0xa2)
                + "\",\"door\":\"rest\",\"action\":\"list-orders\",\"decision\":\"permit\",\"rule\":\"own\","
                + "\"outcome\":\"done\",\"policy\":\"7\"," + request(n) + "," + token(n) + "}";
    }

    private static String write(int n) {
        return "{" + start(n) + ",\"subject\":\"user\"," + user() + ",\"agent_object\":\"" + uuid(0xd1)
                + "\",\"agent\":\"orders-assistant\",\"client\":\"" + uuid(0xa3)
                + "\",\"door\":\"mcp\",\"action\":\"update-order\",\"resource\":\"ORD-" + (1000 + n) + "\",\"version\":"
                + n % 7 + ",\"digest\":\"" + "0f".repeat(32)
                + "\",\"decision\":\"permit\",\"rule\":\"tenant\",\"outcome\":\"done\",\"policy\":\"7\",\"approval\":\""
                + id(n + 1) + "\",\"consent\":\"" + uuid(7) + "\",\"conversation\":\"" + uuid(8) + "\",\"run\":\""
                + uuid(9) + "\",\"joins\":\"" + uuid(10) + "\"," + request(n) + ",\"correlation\":\"" + uuid(n)
                + "\",\"trace\":\"" + "ab".repeat(16) + "\"," + token(n) + "}";
    }

    private static String start(int n) {
        return "\"id\":\"" + id(n) + "\",\"at\":\"" + at(n) + "\",\"instance\":\"one\",\"tenant\":\"" + uuid(1) + "\"";
    }

    static String at(int n) {
        return String.format(
                Locale.ROOT, "2026-11-26T%02d:%02d:%02d.%06dZ", n / 3600 % 24, n / 60 % 60, n % 60, n % 1_000_000);
    }

    private static String user() {
        return "\"user\":\"" + uuid(0xb4) + "\"";
    }

    private static String request(int n) {
        return "\"request\":\"" + uuid(n) + "\"";
    }

    private static String token(int n) {
        return "\"token\":\"" + "5e".repeat(16) + "\",\"token_issued\":\"" + at(n) + "\",\"token_expires\":\"" + at(n)
                + "\",\"auth_strength\":\"pwd mfa\",\"source\":\"192.0.2.0/24\"";
    }

    private static String uuid(int n) {
        return String.format(Locale.ROOT, "c0ffee00-0000-4000-8000-%012x", n);
    }
}
