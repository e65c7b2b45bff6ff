package dev.throughline.local.foundry.planner;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of the order desk: numbers, statuses, and the verbs that begin a command. */
final class Words {

    /** Stands for an order's id in a text from which ids were taken out. */
    static final String SOME_ORDER = "\u00a7";

    static final String COMMAND_VERB =
            "(?:list|show|display|see|view|find|get|know|look|order|buy|create|make|place|add"
                    + "|enter|change|set|update|modify|edit|amend|correct|rename|mark|move|switch|ship|deliver|cancel|delete"
                    + "|remove|erase|drop)";

    private static final Map<String, Integer> NUMBERS = numbers();

    /** A number in digits or words. */
    static final String NUMBER = "(?:\\d{1,9}|" + String.join("|", NUMBERS.keySet()) + ")";

    /** A number that is surely one, unlike "a". */
    static final String PLAIN_NUMBER = "(?:\\d{1,9}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";

    static final List<String> STATUSES = List.of("pending", "shipped", "delivered", "cancelled");

    private static final Map<String, Pattern> STATUS_WORDS = Map.of(
            "pending", word("pending|open|waiting|outstanding|unshipped|in progress|to be shipped|still to ship"),
            "shipped", word("shipped|sent|sent out|dispatched|on (?:the|its|their) way|in transit|underway"),
            "delivered", word("delivered|arrived|received|completed"),
            "cancelled", word("cancell?ed|aborted|called off"));

    private static final String NOT = "(?:not|n't|never|yet to be|except|but|without|other than)(?: \\w+){0,2} ";

    private Words() {}

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        numbers.put("a dozen", 12);
        numbers.put("a pair of", 2);
        numbers.put("a couple of", 2);
        numbers.put("an", 1);
        numbers.put("a", 1);
        List<String> words = List.of(
                "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");
        for (int i = 0; i < words.size(); i++) {
            numbers.put(words.get(i), i + 1);
        }
        return numbers;
    }

    private static Pattern word(String alternatives) {
        return Pattern.compile("\\b(?:" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    /** What {@link #NUMBER} has matched. */
    static int number(String word) {
        Integer named = NUMBERS.get(word.toLowerCase(Locale.ROOT));
        return named == null ? Integer.parseInt(word) : named;
    }

    /** The one status that a text names, for writing: without negations and guesses. */
    static Optional<String> status(String text) {
        List<String> named = STATUSES.stream()
                .filter(status -> STATUS_WORDS.get(status).matcher(text).find())
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    /**
     * The statuses that a question is about, in the order of an order's life; empty where it is about all. "Not
     * delivered" is about the others, except that what is not shipped is pending.
     */
    static Set<String> statusesAskedFor(String text) {
        Set<String> wanted = new LinkedHashSet<>();
        Set<String> unwanted = new LinkedHashSet<>();
        for (String status : STATUSES) {
            Pattern words = STATUS_WORDS.get(status);
            Matcher negated = Pattern.compile(NOT + words.pattern(), Pattern.CASE_INSENSITIVE)
                    .matcher(text);
            if (negated.find()) {
                unwanted.add(status);
            } else if (words.matcher(text).find()) {
                wanted.add(status);
            }
        }
        if (unwanted.contains("shipped")) {
            wanted.add("pending");
        } else if (wanted.isEmpty() && !unwanted.isEmpty()) {
            wanted.addAll(STATUSES);
            wanted.removeAll(unwanted);
        }
        return wanted;
    }
}
