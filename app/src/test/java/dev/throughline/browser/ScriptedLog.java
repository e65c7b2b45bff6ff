package dev.throughline.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.throughline.e2e.Person;
import java.util.ArrayList;
import java.util.List;

/**
 * An audit log that is in a state which the real one cannot be brought into, or not without harm to the log that other
 * tests share: broken, empty, away. Only what the browser asks for it is answered here; all else is the real server.
 */
final class ScriptedLog {
    static final String HOLDS = verification(true, 4, 4, "");
    static final String HOLDS_PARTLY = verification(true, 4, 3, "");
    static final String BROKEN = verification(false, 4, 4, "\"reason\":\"record_changed\",");

    private static final String CONVERSATION = "11111111-1111-4111-8111-111111111111";

    private final List<String> tokens = new ArrayList<>();
    private final List<Route> waitingExports = new ArrayList<>();
    private String records = records();
    private String verification = HOLDS;

    /** Answers in the place of the server, for this page. */
    ScriptedLog on(Page page) {
        page.route("**/api/v1/me", route -> json(route, "{\"may\":[\"list-orders\",\"read-audit\"]}"));
        page.route("**/api/v1/audit?*", route -> json(route, records));
        page.route("**/api/v1/audit/verification*", route -> json(route, verification));
        page.route(
                "**/api/v1/audit/key",
                route -> json(route, "{\"key\":\"throughline-audit/%s+0a0b0c0d+AQID\"}".formatted(Person.ADA.tenant)));
        page.route("**/api/v1/audit/export", waitingExports::add);
        page.onRequest(this::note);
        return this;
    }

    private void note(Request request) {
        String token = request.headers().get("authorization");
        if (token != null && request.url().contains("/api/v1/audit")) {
            tokens.add(token.substring("Bearer ".length()));
        }
    }

    ScriptedLog telling(String answer) {
        records = answer;
        return this;
    }

    ScriptedLog verifiedAs(String answer) {
        verification = answer;
        return this;
    }

    /** The tokens that the log was asked with. */
    List<String> tokens() {
        return tokens;
    }

    /** Lets the export that is being waited for come. */
    void answerExport(String lines) {
        waitingExports
                .remove(0)
                .fulfill(new Route.FulfillOptions()
                        .setContentType("application/x-ndjson")
                        .setBody(lines));
    }

    private static void json(Route route, String body) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(body));
    }

    private static String verification(boolean holds, int records, int sealed, String reason) {
        return "{\"holds\":%s,%s\"records\":%d,\"sealed\":%d,\"size\":1024,\"checkpoint\":{\"size\":1024,"
                        .formatted(holds, reason, records, sealed)
                + "\"at\":\"2026-11-26T11:52:10.000000Z\",\"note\":\"throughline-audit/%s\\n1024\\n%s=\\n\"}}"
                        .formatted(Person.ADA.tenant, "A".repeat(43));
    }

    private static String records() {
        return "{\"items\":["
                + String.join(
                        ",",
                        record(4, Person.ADA, "update-order", "permit", "tenant_rows", "done", ""),
                        record(3, Person.ADA, "update-order", "needs_approval", "approval_needed", "asked", ""),
                        record(2, Person.VIC, "delete-order", "deny", "role_not_sufficient", "refused", ""),
                        record(1, Person.VIC, "get-order", "permit", "own_rows", "done", ",\"seq\":1"))
                + "],\"next_cursor\":\"more\"}";
    }

    private static String record(
            int number, Person person, String action, String decision, String rule, String outcome, String seq) {
        return """
                {"id":"019abcde-0000-7000-8000-00000000000%d","at":"2026-11-26T11:52:0%d.123456Z",
                 "instance":"i-1","tenant":"%s","subject":"user","user":"%s","agent":"orders-assistant",
                 "client":"c0ffee00-0000-4000-8000-0000000000a3","door":"mcp","action":"%s","resource":"ORD-005",
                 "version":3,"digest":"%s","decision":"%s","rule":"%s","outcome":"%s",
                 "approval":"33333333-3333-4333-8333-333333333333","conversation":"%s"%s}""".formatted(
                        number,
                        number,
                        person.tenant,
                        person.id,
                        action,
                        "0123456789abcdef".repeat(4),
                        decision,
                        rule,
                        outcome,
                        CONVERSATION,
                        seq);
    }
}
