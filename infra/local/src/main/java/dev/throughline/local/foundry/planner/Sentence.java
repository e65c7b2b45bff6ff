package dev.throughline.local.foundry.planner;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What somebody said, without courtesies and end marks. Letters keep their case, since names and products are taken
 * from it.
 *
 * @param text the words, single-spaced
 */
record Sentence(String text) {

    static final int MAX_LENGTH = 2_000;

    private static final Pattern COURTESY_BEFORE = Pattern.compile(
            "^(?:(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|dear)(?:\\s+(?:there|assistant|all))?\\s*[,!.:]?\\s+(?=\\S+ \\S)"
                    + "|(?:ok|okay|so|well|now|then|and|yes|great|thanks|thank you)\\s*[,!.]?\\s+(?=\\S+ \\S)"
                    + "|(?:please|kindly|just)[,]?\\s+"
                    + "|(?:could|can|would|will) (?:you|we)(?: please)? "
                    + "|(?:i want|i would like|i'd like|i wish|i need|let me|let's|help me|you should)(?: you)?(?: to)? (?="
                    + Words.COMMAND_VERB + "\\b)"
                    + "|go ahead and )",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern COURTESY_AFTER = Pattern.compile(
            "(?:[\\s,]+(?:please|thanks|thank you|for me|right now|now|will you|would you))*[\\s?!.;,]*$",
            Pattern.CASE_INSENSITIVE);

    private static final String ID = "ord(?:er)?s?[-_ ]?#?0*(\\d{1,9})\\b(?!\\s*%)";

    /** ORD-003, ord 3, order #3, order number 3, #3. */
    private static final Pattern ORDER_ID = Pattern.compile(
            "\\b" + ID
                    + "|\\border\\s+(?:number|no\\.?|nr\\.?|id)?\\s*[:#]?\\s*0*(\\d{1,9})\\b"
                    + "|(?<!\\w)#0*(\\d{1,9})\\b",
            Pattern.CASE_INSENSITIVE);

    static Sentence of(String said) {
        String text = said.replace('\u2019', '\'')
                .replace('\u201c', '"')
                .replace('\u201d', '"')
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        String before;
        do {
            before = text;
            text = COURTESY_BEFORE.matcher(text).replaceFirst("").strip();
            text = COURTESY_AFTER.matcher(text).replaceFirst("");
        } while (!text.equals(before));
        return new Sentence(text);
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether the pattern is found anywhere. */
    boolean has(Pattern pattern) {
        return pattern.matcher(text).find();
    }

    /** The ids of the orders it names, in the form of the order desk, each once. */
    List<String> orderIds() {
        return ORDER_ID.matcher(text)
                .results()
                .map(found -> {
                    for (int group = 1; group <= found.groupCount(); group++) {
                        if (found.group(group) != null) {
                            return String.format(Locale.ROOT, "ORD-%03d", Long.parseLong(found.group(group)));
                        }
                    }
                    throw new IllegalStateException();
                })
                .distinct()
                .toList();
    }

    /** The text with each order's name replaced by one sign, so that its digits are not read as anything else. */
    String withoutOrderIds() {
        return ORDER_ID.matcher(text).replaceAll(Words.SOME_ORDER);
    }
}
