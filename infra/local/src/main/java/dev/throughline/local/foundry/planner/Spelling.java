package dev.throughline.local.foundry.planner;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mends words that are one slip away from a word of the order desk: a letter too many, too few, wrong, or swapped. */
final class Spelling {

    /** Without the verbs that write: a slip of the finger must not become a write. */
    private static final List<String> KNOWN = List.of(
            "order",
            "orders",
            "list",
            "show",
            "pending",
            "shipped",
            "delivered",
            "cancelled",
            "details",
            "everything",
            "help",
            "whoami");

    private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");

    private Spelling() {}

    /** The sentence as it was meant; empty where nothing is to be mended. */
    static Optional<Sentence> mend(Sentence sentence) {
        Matcher words = WORD.matcher(sentence.text());
        String mended = words.replaceAll(found -> Matcher.quoteReplacement(nearest(found.group())));
        return mended.equals(sentence.text()) ? Optional.empty() : Optional.of(Sentence.of(mended));
    }

    private static String nearest(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return KNOWN.contains(lower)
                ? word
                : KNOWN.stream()
                        .filter(known -> isOneSlipAway(lower, known))
                        .findFirst()
                        .orElse(word);
    }

    static boolean isOneSlipAway(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 1) {
            return false;
        }
        int start = 0;
        while (start < Math.min(a.length(), b.length()) && a.charAt(start) == b.charAt(start)) {
            start++;
        }
        String restA = a.substring(start);
        String restB = b.substring(start);
        if (a.length() != b.length()) {
            String longer = restA.length() > restB.length() ? restA : restB;
            String shorter = restA.length() > restB.length() ? restB : restA;
            return longer.substring(1).equals(shorter);
        }
        return restA.isEmpty() || restA.substring(1).equals(restB.substring(1)) || isSwap(restA, restB);
    }

    private static boolean isSwap(String a, String b) {
        return a.length() > 1
                && a.charAt(0) == b.charAt(1)
                && a.charAt(1) == b.charAt(0)
                && a.substring(2).equals(b.substring(2));
    }
}
