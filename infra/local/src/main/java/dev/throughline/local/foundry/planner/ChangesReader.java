package dev.throughline.local.foundry.planner;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what is to change in an order: argument of the tool, and its new value. */
final class ChangesReader {

    private static final String OF_IT =
            "(?:\\s+(?:of|for|on|in)\\s+(?:the\\s+)?(?:order\\s+)?" + Words.SOME_ORDER + "|\\s+of it)?";
    private static final String FROM = "(?:\\s+from\\s+\\S+)?";
    private static final String STOP =
            "(?=\\s*(?:[,;]|\\s(?:and|with)\\s+(?:the\\s+|its\\s+)?(?:product|quantity|qty|status|customer)\\b|$))";

    private static final Pattern QUANTITY = pattern("\\b(?:quantity|qty|amount|number of (?:items|pieces|units))"
            + OF_IT + FROM + "\\s*(?:to|=|:|is|as|be|of)?\\s*(" + Words.NUMBER + ")\\b");
    private static final Pattern TO_NUMBER = pattern(
            "(?:\\bto|" + Words.SOME_ORDER + ")\\s+(" + Words.NUMBER + ")(?:\\s+(?:pieces?|units?|items?|pcs))?$");
    private static final Pattern CUSTOMER =
            pattern("\\bcustomer(?:[ _]name)?" + OF_IT + "\\s*(?:to|=|:|is|as|be|into)\\s*(.+?)" + STOP);
    private static final Pattern PRODUCT =
            pattern("\\bproduct" + OF_IT + "\\s*(?:to|=|:|is|as|be|into)\\s*(.+?)" + STOP);
    private static final Pattern STATUS =
            pattern("(?:\\bstatus" + OF_IT + FROM + "\\s*(?:to|=|:|is|as|be)?|\\b(?:as|to|is)|=|" + Words.SOME_ORDER
                    + ")\\s+(?:the status\\s+)?(?:being\\s+)?(\\S+(?: \\S+){0,2})");

    private ChangesReader() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /** @param text without order ids, see {@link Sentence#withoutOrderIds} */
    static Map<String, Object> read(String text) {
        Map<String, Object> changes = new LinkedHashMap<>();
        value(CUSTOMER, text, "customer_name", changes);
        value(PRODUCT, text, "product", changes);
        number(QUANTITY, text, changes);
        Matcher status = STATUS.matcher(text);
        while (changes.get("status") == null && status.find()) {
            Words.status(status.group(1)).ifPresent(named -> changes.put("status", named));
        }
        if (changes.isEmpty()) {
            number(TO_NUMBER, text, changes);
        }
        return changes;
    }

    private static void value(Pattern pattern, String text, String argument, Map<String, Object> changes) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            NewOrderReader.clean(matcher.group(1)).ifPresent(value -> changes.put(argument, value));
        }
    }

    private static void number(Pattern pattern, String text, Map<String, Object> changes) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            changes.put("quantity", Words.number(matcher.group(1)));
        }
    }
}
