package dev.throughline.local.foundry.planner;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds customer, product and quantity in what follows "create an order". */
final class NewOrderReader {

    private static final String STOP =
            "(?=\\s*(?:[,;]|\\band\\b|\\bwith\\b|\\b(?:the\\s+)?(?:product|quantity|qty|customer)\\b|$))";

    private static final Pattern LABELLED_CUSTOMER =
            pattern("\\bcustomer(?:[ _]name)?\\s*(?:is|:|=|named)?\\s*(.+?)" + STOP);
    private static final Pattern LABELLED_PRODUCT = pattern("\\bproduct\\s*(?:is|:|=)?\\s*(.+?)" + STOP);
    private static final Pattern LABELLED_QUANTITY =
            pattern("\\b(?:quantity|qty|amount)\\s*(?:is|of|:|=)?\\s*(" + Words.NUMBER + ")\\b");
    private static final Pattern LABEL = pattern("\\b(?:product|quantity|qty|customer(?! service))\\b\\s*[:=]?\\s*\\S");

    private static final Pattern FOR_SOMEBODY = pattern("\\bfor\\s+(?:customer\\s+)?(?!" + Words.NUMBER + "\\b)(.+?)"
            + "(?=\\s*[:,;]|\\s+[-\u2013\u2014]\\s|\\s+(?:of|with|to get|who wants|who needs)\\s|\\s+" + Words.NUMBER
            + "\\s|$)");
    private static final Pattern SOME_THINGS = pattern(
            "^(" + Words.NUMBER + ")\\s*(?:x|\u00d7)?\\s+" + "(?:(?:pieces?|units?|items?|pcs)\\s+(?:of\\s+)?)?(.+)$");
    private static final Pattern CONNECTORS = pattern(
            "^(?:[:,;\\s-]|\u2013|\u2014|(?:of|with|for|the|get|who wants|who needs|containing)\\b)+|[:,;\\s-]+$");

    private NewOrderReader() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    static CreateOrder read(String text) {
        return LABEL.matcher(text).find() ? labelled(text) : plain(text);
    }

    private static CreateOrder labelled(String text) {
        return new CreateOrder(
                find(LABELLED_CUSTOMER, text).or(() -> find(FOR_SOMEBODY, text)),
                find(LABELLED_PRODUCT, text),
                find(LABELLED_QUANTITY, text).map(Words::number));
    }

    /** "for Zoe: 2 desk lamps", "2 desk lamps for Zoe", "of a desk lamp", "for Zoe". */
    private static CreateOrder plain(String text) {
        Matcher somebody = FOR_SOMEBODY.matcher(text);
        Optional<String> customer = Optional.empty();
        String things = text;
        if (somebody.find()) {
            customer = clean(somebody.group(1));
            things = text.substring(0, somebody.start()) + " " + text.substring(somebody.end());
        }
        return things(things).withCustomer(customer);
    }

    /** "2 desk lamps", "desk lamps", "4". */
    static CreateOrder things(String text) {
        String bare = CONNECTORS.matcher(text).replaceAll("").strip();
        Matcher counted = SOME_THINGS.matcher(bare);
        if (counted.find()) {
            return new CreateOrder(
                    Optional.empty(), clean(counted.group(2)), Optional.of(Words.number(counted.group(1))));
        }
        return bare.matches("\\d{1,9}")
                ? new CreateOrder(Optional.empty(), Optional.empty(), Optional.of(Words.number(bare)))
                : new CreateOrder(Optional.empty(), clean(bare), Optional.empty());
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? clean(matcher.group(1)) : Optional.empty();
    }

    static Optional<String> clean(String value) {
        return Optional.of(value.replaceAll("^[\\s\"':,;.-]+|[\\s\"':,;.-]+$", ""))
                .filter(it -> !it.isEmpty());
    }
}
