package dev.throughline.local.foundry.planner;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what a person wants. Commands are tried in their order and the first that fits wins; a sentence that is no
 * command may answer the question that was asked before, or just name an order or a status. Only what nobody
 * understands is read once more with its typing errors mended.
 */
final class Reader {

    private static final List<Rule> COMMANDS = List.of(
            SmallTalk::leaveIt,
            WhoAmI::read,
            SmallTalk::help,
            SmallTalk::greeting,
            CheckHealth::read,
            DeleteOrder::read,
            CreateOrder::read,
            UpdateOrder::read,
            ListOrders::read,
            ShowOrders::read);

    private static final List<Rule> MENTIONS = List.of(ShowOrders::mention, ListOrders::mention, SmallTalk::thanks);

    private static final Pattern REFUSAL = Pattern.compile(
            "^(?:no|nope|never ?mind|forget (?:it|that)|stop|cancel|cancel that|nothing|leave it)$",
            Pattern.CASE_INSENSITIVE);

    /** The last sentence, in the light of those before it. */
    Intent read(List<String> earlier, String message) {
        Optional<Intent> open = Optional.empty();
        for (String before : earlier) {
            open = Optional.of(read(open, before)).filter(Intent::isOpen);
        }
        return read(open, message);
    }

    private Intent read(Optional<Intent> open, String said) {
        if (said.length() > Sentence.MAX_LENGTH) {
            return SmallTalk.TOO_LONG;
        }
        Sentence sentence = Sentence.of(said);
        return understood(open, sentence)
                .or(() -> Spelling.mend(sentence).flatMap(mended -> understood(open, mended)))
                .orElse(SmallTalk.NOT_UNDERSTOOD);
    }

    private Optional<Intent> understood(Optional<Intent> open, Sentence sentence) {
        if (open.isPresent() && sentence.has(REFUSAL)) {
            return Optional.of(SmallTalk.LEFT);
        }
        Optional<Intent> command = first(COMMANDS, sentence);
        return open.flatMap(intent -> intent.continuedBy(sentence, command))
                .or(() -> command)
                .or(() -> first(MENTIONS, sentence));
    }

    private static Optional<Intent> first(List<Rule> rules, Sentence sentence) {
        return rules.stream().flatMap(rule -> rule.read(sentence).stream()).findFirst();
    }
}
