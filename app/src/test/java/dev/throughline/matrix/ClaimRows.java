package dev.throughline.matrix;

import static dev.throughline.matrix.Outcome.denied;
import static dev.throughline.matrix.Outcome.letIn;
import static dev.throughline.matrix.Outcome.needsScope;
import static dev.throughline.matrix.Outcome.ofTheChannel;
import static dev.throughline.matrix.Outcome.refused;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** T188 to T220: what it says of the person and of what the person may do, and how that is spelled. */
final class ClaimRows extends Rows {
    private static final Outcome SUBJECT = refused("subject_invalid");
    private static final Outcome CLAIMS = refused("claims_invalid");
    private static final Outcome ROLE = denied("role_not_sufficient");
    private static final String OTHER = "\"" + Good.PREFIX + "b2\"";

    ClaimRows() {
        subjects();
        roles();
        scopes();
        json();
        actors();
        claim("T220", "a token that is bound to a key", "cnf", Map.of("jkt", "x"), CLAIMS);
    }

    private void subjects() {
        claim("T188", "sub", null, SUBJECT);
        claim("T188", "sub", "", SUBJECT);
        claim("T188", "sub", 1, SUBJECT);
        without("T188", "sub", SUBJECT);
        without("T189", "oid", SUBJECT);
        for (Object oid : Arrays.asList(
                null,
                "",
                "ada",
                "' or 1=1 --",
                "1-1-1-1-1",
                Good.PREFIX + "b1 ",
                "x".repeat(5_000),
                List.of(Good.PREFIX + "b1"))) {
            claim("T190", "oid", oid, SUBJECT);
        }
    }

    private void roles() {
        claim("T192", "roles as a text", "roles", "Admin", ROLE);
        claim("T193", "roles in a list in a list", "roles", List.of(List.of("Admin")), ROLE);
        claim("T194", "roles in an object", "roles", Map.of("Admin", true), ROLE);
        claim("T195", "roles", null, ROLE);
        claim("T195", "roles", List.of(), ROLE);
        claim("T195", "a list with a role and a number", "roles", List.of("Admin", 1), ROLE);
        claim("T196", "10,000 roles", "roles", many(10_000), ofTheChannel());
        claim("T196", "101 roles, the good one among them", "roles", many(100), ROLE);
        claim("T197", "a role in small letters", "roles", List.of("admin"), ROLE);
        draft(
                "T198",
                "groups too many to list, and no roles",
                ROLE,
                good -> good.draft()
                        .without("roles")
                        .with("_claim_names", Map.of("groups", "src1"))
                        .with("_claim_sources", Map.of("src1", Map.of("endpoint", good.canary()))));
    }

    private void scopes() {
        claim("T199", "scopes in a list", "scp", List.of("Orders.Read", "Orders.Write"), needsScope());
        claim("T200", "scp", 1, needsScope());
        claim("T200", "scp", null, needsScope());
        draft(
                "T201",
                "scopes where other providers have them",
                refused("user_required"),
                good -> good.draft().without("scp").with("scope", "Orders.Read Orders.Write"));
        claim("T202", "scopes in small letters", "scp", "orders.read orders.write", needsScope());
        claim("T202", "scopes with their prefix", "scp", "api://" + Refusal.API + "/Orders.Write", needsScope());
        claim("T203", "scp", "", needsScope());
        claim("T203", "scopes of others", "scp", "openid profile", needsScope());
    }

    private void json() {
        edited("T204", "oid twice", CLAIMS, text -> text.replaceFirst("\\{", "{\"oid\":" + OTHER + ","));
        edited(
                "T204",
                "a name twice, deep within",
                CLAIMS,
                text -> text.replaceFirst("\\{", "{\"x\":{\"a\":1,\"a\":2},"));
        edited(
                "T205",
                "oid twice, once escaped",
                CLAIMS,
                text -> text.replaceFirst("\\{", "{\"\\\\u006fid\":" + OTHER + ","));
        for (String name : List.of("__proto__", "constructor", "prototype")) {
            claim("T206", "a claim named " + name, name, Map.of("roles", List.of("Admin")), CLAIMS);
        }
        edited("T207", "claims in a list", CLAIMS, text -> "[" + text + "]");
        edited("T207", "null for claims", CLAIMS, text -> "null");
        edited("T207", "a text for claims", CLAIMS, text -> "\"claims\"");
        edited("T208", "something behind the claims", CLAIMS, text -> text + "x");
        edited("T208", "an object behind the claims", CLAIMS, text -> text + "{\"a\":1}");
        edited("T209", "a comment", CLAIMS, text -> text.replaceFirst("\\{", "{/**/"));
        edited("T209", "a comma too many", CLAIMS, text -> text.substring(0, text.length() - 1) + ",}");
        edited("T210", "a byte order mark", CLAIMS, text -> "\ufeff" + text);
        bytes("T211", "bytes that are no UTF-8", "\u00ff\u00fe");
        bytes("T211", "an overlong UTF-8", "\u00c0\u00af");
        edited("T212", "nested eight deep", letIn(), text -> nested(text, 7));
        edited("T213", "nested nine deep", CLAIMS, text -> nested(text, 8));
        edited("T213", "nested 4,000 deep", CLAIMS, text -> nested(text, 4_000));
        claim("T214", "x", "x".repeat(1_000_000), ofTheChannel());
        claim(
                "T214",
                "a text of 12,000, which is too long for a header of ours",
                "x",
                "x".repeat(12_000),
                refused("malformed_header"));
    }

    private void actors() {
        claim("T216", "an unregistered actor", "act", Map.of("sub", "stranger"), refused("client_not_registered"));
        claim(
                "T216",
                "an actor that is the web chat, which is no agent",
                "act",
                Map.of("sub", Good.WEB_CHAT),
                refused("client_not_registered"));
        claim("T216", "an actor without a name", "act", Map.of(), CLAIMS);
        claim("T216", "an actor of another type", "act", Good.ASSISTANT, CLAIMS);
        claim("T216", "act", null, CLAIMS);
        claim("T217", "nine actors", "act", chain(9), CLAIMS);
        draft(
                "T218",
                "a subject that acts for itself",
                CLAIMS,
                good -> good.draft()
                        .with("act", Map.of("sub", good.draft().claims().get("sub"))));
        claim("T219", "leave for somebody to act", "may_act", Map.of("sub", Good.ASSISTANT), CLAIMS);
    }

    private void bytes(String id, String words, String odd) {
        draft(
                id,
                words,
                CLAIMS,
                good -> good.draft()
                        .payloadBytes(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)
                                .replaceFirst("\\{", "{\"x\":\"" + odd + "\",")
                                .getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String nested(String text, int depth) {
        return text.replaceFirst("\\{", "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + ",");
    }

    private static List<String> many(int others) {
        List<String> roles = new ArrayList<>(List.of("Admin"));
        IntStream.range(0, others).forEach(i -> roles.add("R" + i));
        return roles;
    }

    /** Actors that are registered, so that nothing but their number is wrong. */
    static Map<String, Object> chain(int length) {
        Map<String, Object> chain = Map.of("sub", Good.ASSISTANT);
        for (int i = 1; i < length; i++) {
            chain = Map.of("sub", Good.ASSISTANT, "act", chain);
        }
        return chain;
    }
}
