package dev.throughline.local.foundry.planner;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the orders that a person may see are asked for. "My orders" are all of them: what is one's own to see, the
 * server decides. Only who asks for nothing but the own ones gets those alone.
 *
 * @param statuses one of these; empty for any
 * @param ownOnly only those that belong to the person
 * @param words what customer or product must contain; empty for anything
 */
record OrderFilter(Set<String> statuses, boolean ownOnly, String words) {

    private static final Pattern OWN_ONLY = Pattern.compile(
            "\\bmine\\b|\\b(?:just|only) my\\b|\\bmy own\\b|\\bbelong(?:s|ing)? to me\\b|\\bi own\\b|\\bowned by me\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ABOUT = Pattern.compile(
            "\\border(?:s|ed)?\\s+(?:placed |made )?(?:for|from|of|by|with|containing)\\s+(?:the\\s+)?(?:customer\\s+|product\\s+)?(?<a>.+)$"
                    + "|\\bwhat (?:did|has|have) (?<b>.+?) (?:order|ordered|buy|bought)$"
                    + "|\\bwho (?:has )?(?:ordered|bought) (?:an? |the |any )?(?<c>.+)$"
                    + "|^(?:show|list)(?: me)?(?: all)? (?<d>\\p{Lu}.{0,60}?)'s? orders$",
            Pattern.CASE_INSENSITIVE);

    /** Words that say when or whose, not about what. */
    private static final Pattern NOT_ABOUT = Pattern.compile(
            "^(?:me|us|myself|mine|everyone|everybody|all|anyone|the (?:tenant|company|desk|last|past).*|today.*|yesterday.*"
                    + "|this .*|last .*|status.*|my .*)$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern TRAILING_STATUS = Pattern.compile(
            "\\s+(?:that |which |and )?(?:are|is|were|was|have|has|been|still|not|yet|already)\\b.*$",
            Pattern.CASE_INSENSITIVE);

    static OrderFilter from(Sentence sentence) {
        return new OrderFilter(
                Words.statusesAskedFor(sentence.text()),
                sentence.has(OWN_ONLY),
                about(sentence).orElse(""));
    }

    private static Optional<String> about(Sentence sentence) {
        Matcher matcher = ABOUT.matcher(sentence.text());
        if (!matcher.find()) {
            return Optional.empty();
        }
        for (String group : new String[] {"a", "b", "c", "d"}) {
            if (matcher.group(group) != null) {
                String words = TRAILING_STATUS.matcher(matcher.group(group)).replaceFirst("");
                return Optional.of(words.replaceAll("^[\"']|[\"']$", "").strip())
                        .filter(it -> !it.isEmpty() && !NOT_ABOUT.matcher(it).find());
            }
        }
        return Optional.empty();
    }

    boolean accepts(Order order, String personId) {
        return (statuses.isEmpty() || statuses.contains(order.status().toLowerCase(Locale.ROOT)))
                && (!ownOnly || order.owner().equals(personId))
                && (words.isEmpty() || order.mentions(words));
    }

    /** "There are 2 pending orders ..." */
    String sentence(int count) {
        String status = String.join(" or ", statuses);
        String which = (status.isEmpty() ? "" : status + " ") + (count == 1 ? "order" : "orders");
        String about = words.isEmpty() ? "" : " with \"" + Markdown.escape(words) + "\"";
        String seen = ownOnly ? " that " + (count == 1 ? "belongs" : "belong") + " to you" : " that you can see";
        String number = count == 0 ? "are no" : count == 1 ? "is one" : "are " + count;
        return "There " + number + " " + which + about + seen + (count == 0 ? "." : ":");
    }
}
