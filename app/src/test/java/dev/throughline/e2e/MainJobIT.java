package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Two people ask the same agent the same question. */
class MainJobIT {
    private static final Pattern ORDER_ID = Pattern.compile("ORD-\\d{3,}");

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);

    @Test
    void vic_consents_once_and_then_sees_his_own_orders_and_no_others() {
        stack.entra().forgetConsents();
        stack.foundry().forgetConnectionTokens();

        Json first = api.chat(Person.VIC, "list my orders");

        assertEquals(1, first.all("/consents").size(), first.toString());
        assertEquals(Set.of(), orderIds(first));
        String link = first.at("/consents/0").text("consent_link");
        assertEquals(200, api.consent(Person.VIC, link).statusCode());

        Json resumed = api.resume(Person.VIC, first.text("conversation_id"));
        assertEquals(Set.of("ORD-001", "ORD-003", "ORD-005"), orderIds(resumed), resumed.toString());
        assertEquals(Set.of("ORD-001", "ORD-003", "ORD-005"), orderIds(api.chat(Person.VIC, "list my orders")));
    }

    private static Set<String> orderIds(Json answer) {
        Set<String> ids = new TreeSet<>();
        Matcher matcher = ORDER_ID.matcher(answer.text("text"));
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return ids;
    }
}
