package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** The order desk around agents' turns: orders to act upon, and how to leave everything as it was found. */
final class Desk {
    private final LocalStack stack;
    private final Api api;
    private final Rows rows;

    Desk(LocalStack stack) {
        this.stack = stack;
        this.api = new Api(stack);
        this.rows = new Rows(stack);
    }

    /** Nobody has consented or been asked anything, and only the samples are there. */
    void clear() {
        stack.entra().forgetConsents();
        stack.foundry().forgetConnectionTokens();
        rows.change("delete from consent");
        rows.change("delete from approval");
        rows.change("delete from orders where number > 8");
    }

    /** Lets an agent act for a person, as that person does: where a link is shown, there; else by telling us. */
    void letAct(Person person, String agent) {
        WebChat chat = WebChat.of(api);
        Turn asked = Hearing.AT_ONCE.turn(chat, person, WebChat.saying(agent, "list my orders"));
        Json consent = asked.consent();
        HttpResponse<String> given = consent.text("consent_link").isEmpty()
                ? chat.decide(person, WebChat.CONSENTS, consent.text("id"), "allow")
                : api.consent(person, consent.text("consent_link"));
        assertEquals(200, given.statusCode(), given.body());
        Turn resumed = Hearing.AT_ONCE.turn(chat, person, WebChat.resuming(asked.conversation()));
        assertEquals(List.of("list-orders completed"), resumed.tools(), resumed.toString());
    }

    /** A new order of this person, placed without an agent. */
    String order(Person person) {
        HttpResponse<String> created = api.post(
                person, Api.ORDERS, Map.of("customer_name", "Zoe Quill", "product", "Desk Lamp", "quantity", 2));
        assertEquals(201, created.statusCode(), created.body());
        return Json.of(created.body()).text("id");
    }

    /** Quantity and version of an order as they are in its row, such as {@code 2 v1}. */
    String row(String id) {
        return String.join(
                "", rows.find("select quantity || ' v' || version from orders where number = " + id.substring(4)));
    }

    /** How many orders are there beside the samples. */
    int extraOrders() {
        return Integer.parseInt(
                rows.find("select count(*) from orders where number > 8").get(0));
    }

    /** The state of an approval as it is in its row. */
    String state(String approval) {
        return String.join("", rows.find("select state from approval where id = '" + approval + "'"));
    }

    /** Six minutes pass for an approval, which is good for five. */
    void letExpire(String approval) {
        rows.change("update approval set asked_at = asked_at - interval '6 minutes',"
                + " expires_at = expires_at - interval '6 minutes' where id = '" + approval + "'");
    }
}
