package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The audit log where somebody with the rights of the database's administrator works against it. */
class AuditUnderAttackIT {
    private static final String AUDIT = "/api/v1/audit";
    private static final Map<String, Object> LAMPS =
            Map.of("customer_name", "Zoe Quill", "product", "Desk Lamp", "quantity", 2);

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);

    @Test
    void what_cannot_be_recorded_is_neither_done_nor_refused_nor_told() throws InterruptedException {
        assertEquals(201, place(Person.PAT).statusCode());
        assertEquals(403, place(Person.VIC).statusCode());
        String orders = orders();
        rows.change("revoke insert (id, body) on audit_record from throughline_app");
        try {
            assertFails(place(Person.PAT));
            assertFails(place(Person.VIC));
            assertFails(untilRefused());
            assertFails(api.get(Person.VIC, Api.ORDERS + "/ORD-001"));
        } finally {
            rows.change("grant insert (id, body) on audit_record to throughline_app");
        }
        assertEquals(orders, orders(), "Nothing was placed");

        assertEquals(201, place(Person.PAT).statusCode());
        assertEquals(200, api.get(Person.VIC, Api.ORDERS).statusCode());
    }

    @Test
    void a_record_that_was_changed_in_the_database_is_told_until_it_is_what_it_was() {
        String order = Json.of(place(Person.PAT).body()).text("id");
        String record = rows.recorded("select id from audit_record where resource = '" + order + "'")
                .get(0);
        assertTrue(verified(order).flag("holds"));

        tamper(record, "create-order", "delete-order");
        Json broken = verified(order);
        tamper(record, "delete-order", "create-order");

        assertEquals("record_changed", broken.text("reason"), broken.toString());
        assertTrue(verified(order).flag("holds"));
    }

    @Test
    void the_offline_verifier_believes_the_export_and_not_one_byte_that_differs() throws Exception {
        place(Person.PAT);
        Path folder = Running.emptyFolder("export");
        Path export = folder.resolve("export.ndjson");
        Path key = Files.writeString(folder.resolve("key.json"), audit("/key").body());
        byte[] bytes = audit("/export").body().getBytes(StandardCharsets.UTF_8);

        Files.write(export, bytes);
        assertEquals(0, verifier(export, key), () -> said(folder));
        assertTrue(said(folder).contains("records hold, signed as of"), said(folder));

        String text = new String(bytes, StandardCharsets.UTF_8);
        int at = text.indexOf("\"action\":\"") + 10;
        Files.writeString(
                export, text.substring(0, at) + (text.charAt(at) == 'x' ? 'y' : 'x') + text.substring(at + 1));
        assertEquals(1, verifier(export, key), () -> said(folder));
        assertTrue(said(folder).contains("The log does not hold, line "), said(folder));
    }

    private HttpResponse<String> place(Person person) {
        return api.post(person, Api.ORDERS, LAMPS);
    }

    private String orders() {
        return rows.find("select count(*) || ' ' || max(number) from orders").get(0);
    }

    private static void assertFails(HttpResponse<String> answer) {
        assertTrue(List.of(500, 503).contains(answer.statusCode()), answer.statusCode() + " " + answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse(""));
        assertDiscreet(answer.body());
    }

    /** Reads until that is refused: the records of reads are written a moment later, but not after the next of them. */
    private HttpResponse<String> untilRefused() throws InterruptedException {
        HttpResponse<String> answer = api.get(Person.VIC, Api.ORDERS);
        for (int i = 0; i < 20 && answer.statusCode() == 200; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
            answer = api.get(Person.VIC, Api.ORDERS);
        }
        return answer;
    }

    /** As whoever rules the database can: without the trigger that keeps records as they are. */
    private void tamper(String record, String from, String to) {
        rows.change("begin; alter table audit_record disable trigger audit_record_is_append_only; update audit_record"
                + " set body = replace(body::text, '" + from + "', '" + to + "')::json where id = '" + record + "';"
                + " alter table audit_record enable always trigger audit_record_is_append_only; commit");
    }

    private Json verified(String order) {
        return Json.of(audit("/verification?order=" + order).body());
    }

    private HttpResponse<String> audit(String path) {
        HttpResponse<String> answer =
                Http.send(api.bearing(api.signIn().token(Person.ADA, "Orders.Audit"), AUDIT + path));
        assertEquals(200, answer.statusCode(), answer.body());
        return answer;
    }

    /** Runs it as a process of its own; answers what it ends with. */
    private static int verifier(Path export, Path key) throws Exception {
        Path jar = Path.of(Class.forName("dev.throughline.verifier.AuditVerifier")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        jar.toString(),
                        "dev.throughline.verifier.AuditVerifier",
                        export.toString(),
                        key.toString())
                .redirectErrorStream(true)
                .redirectOutput(export.resolveSibling("said").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "It does not end");
        return process.exitValue();
    }

    private static String said(Path folder) {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
