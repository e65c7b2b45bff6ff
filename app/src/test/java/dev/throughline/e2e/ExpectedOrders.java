package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the orders must have become: as they were, changed by nothing but what people approved, each once, and each as
 * it was shown to them. New orders must not be changed meanwhile: nothing on record says which approval made which.
 */
final class ExpectedOrders {
    private static final List<String> SHOWN = List.of("customer_name", "product", "quantity", "status");
    private static final String ORDERS = "select json_build_object('id', 'ORD-' || lpad(number::text,"
            + " greatest(3, length(number::text)), '0'), 'owner', owner, 'customer_name', customer_name, 'product',"
            + " product, 'quantity', quantity, 'status', status, 'version', version)::text from orders order by number";
    private static final String USED = "select json_build_object('id', id, 'owner', owner, 'tool', action, 'version',"
            + " version, 'before', before::json, 'after', after::json)::text from approval where state = 'used' and"
            + " tenant = '" + Person.VIC.tenant + "' order by version, asked_at, id";

    private final Rows rows;
    private final Map<String, String> expected = new TreeMap<>();

    ExpectedOrders(Rows rows) {
        this.rows = rows;
        rows.find(ORDERS).stream().map(Json::of).forEach(order -> expected.put(order.text("id"), text(order)));
    }

    /**
     * Asserts it.
     *
     * @param approved the approvals that people gave, with who gave them
     * @param mayDo the tools that each person may use at all
     * @return how many changes were made
     */
    int assertNothingElseHappened(Map<String, Member> approved, Map<String, Set<String>> mayDo) {
        List<Json> used = rows.find(USED).stream()
                .map(Json::of)
                .filter(approval -> mayDo.containsKey(approval.text("owner")))
                .toList();
        List<String> created = new ArrayList<>();
        for (Json approval : used) {
            Member by = approved.get(approval.text("id"));
            assertTrue(by != null && by.id.equals(approval.text("owner")), "Nobody approved " + approval);
            assertTrue(mayDo.get(by.id).contains(approval.text("tool")), by + " may not do " + approval);
            if (approval.at("/before").isNull()) {
                created.add(by.id + " " + shown(approval.at("/after")));
            } else {
                change(approval);
            }
        }
        Map<String, String> now = new LinkedHashMap<>();
        List<String> isNew = new ArrayList<>();
        for (String row : rows.find(ORDERS)) {
            Json order = Json.of(row);
            if (expected.containsKey(order.text("id"))) {
                now.put(order.text("id"), text(order));
            } else {
                assertEquals(1, order.number("version"), row);
                isNew.add(order.text("owner") + " " + shown(order));
            }
        }
        expected.values().removeIf(String::isEmpty);
        assertEquals(expected, new TreeMap<>(now), "What was there is as people let it become");
        assertEquals(created.stream().sorted().toList(), isNew.stream().sorted().toList(), "What people let be placed");
        return used.size();
    }

    private void change(Json approval) {
        String id = approval.at("/before").text("id");
        String before = expected.getOrDefault(id, "");
        assertTrue(!before.isEmpty(), "There was nothing to change: " + approval);
        Json order = Json.of(before);
        assertEquals(order.number("version"), approval.number("version"), approval.toString());
        assertEquals(shown(order), shown(approval.at("/before")), "What was shown is what was there");
        Json after = approval.at("/after");
        Map<String, Object> changed = new LinkedHashMap<>();
        changed.put("id", id);
        changed.put("owner", order.text("owner"));
        SHOWN.forEach(field -> changed.put(field, after.at("/" + field).node()));
        changed.put("version", order.number("version") + 1);
        expected.put(id, after.isNull() ? "" : text(Json.of(Json.text(changed))));
    }

    private static String text(Json order) {
        return order.toString();
    }

    private static String shown(Json order) {
        return SHOWN.stream()
                .map(field -> order.at("/" + field).toString())
                .toList()
                .toString();
    }
}
