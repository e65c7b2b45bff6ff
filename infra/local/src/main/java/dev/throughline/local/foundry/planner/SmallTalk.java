package dev.throughline.local.foundry.planner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is answered without a tool.
 *
 * @param opening what is said first
 * @param withHelp whether the things that can be asked follow
 */
record SmallTalk(String opening, boolean withHelp) implements Intent {

    static final Intent NOT_UNDERSTOOD = new SmallTalk(
            "I did not understand that: I follow rules and am no language model. You can ask me to", true);
    static final Intent TOO_LONG = new SmallTalk("That is more than I can read at once. You can ask me to", true);
    static final Intent LEFT = new SmallTalk("Fine, I leave everything as it is.", false);
    private static final Intent HELP = new SmallTalk("I work at the order desk. You can ask me to", true);
    private static final Intent GREETING = new SmallTalk("Hello! I work at the order desk. You can ask me to", true);
    private static final Intent WELCOME = new SmallTalk("You are welcome.", false);

    private static final Pattern LEAVE_IT =
            Pattern.compile("^(?:please )?(?:do not|don't|dont|never)\\b(?! mind)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ASKS_FOR_HELP = Pattern.compile(
            "^(?:/?help|\\?|commands|examples|options|usage|info|instructions|what now)$"
                    + "|\\bhelp me$|^i need help|^(?:how|what) (?:do|can|could|should) i (?:ask|say|type|use|do)\\b"
                    + "|^how (?:do|can|could|should) i\\b|^how does (?:this|it) work"
                    + "|^what (?:can|could|do) you (?:do|understand|know|offer)|^what (?:are|is) (?:you|this)(?: for)?$"
                    + "|^who are you$|^what else\\b|^show (?:me )?(?:the )?(?:help|examples|commands)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern GREETS = Pattern.compile(
            "^(?:hello|hi|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|hallo|moin|servus)"
                    + "(?:[ ,]+(?:there|all|you|assistant|everyone|again))?$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern THANKS = Pattern.compile(
            "^(?:thanks?|thank you|thx|cheers|great|perfect|ok(?:ay)?|cool|nice|good|well done|bye|goodbye)"
                    + "(?:[ ,]+(?:a lot|so much|very much|you|then|job|work|bye))*$",
            Pattern.CASE_INSENSITIVE);

    /** Tool, and what it can be asked for. */
    private static final Map<String, List<String>> EXAMPLES = examples();

    static Optional<Intent> leaveIt(Sentence sentence) {
        return sentence.has(LEAVE_IT) ? Optional.of(LEFT) : Optional.empty();
    }

    static Optional<Intent> help(Sentence sentence) {
        return sentence.has(ASKS_FOR_HELP) ? Optional.of(HELP) : Optional.empty();
    }

    static Optional<Intent> greeting(Sentence sentence) {
        return sentence.has(GREETS) ? Optional.of(GREETING) : Optional.empty();
    }

    static Optional<Intent> thanks(Sentence sentence) {
        return sentence.has(THANKS) ? Optional.of(WELCOME) : Optional.empty();
    }

    @Override
    public Step next(Turn turn) {
        return new Step.Answer(withHelp ? opening + "\n\n" + help(turn) : opening);
    }

    /** Only what the tools of this person can do. */
    private static String help(Turn turn) {
        String list = EXAMPLES.entrySet().stream()
                .filter(example -> turn.tool(example.getKey()).isPresent())
                .flatMap(example -> example.getValue().stream())
                .map(example -> "- " + example)
                .collect(Collectors.joining("\n"));
        return list.isEmpty() ? "- (the order desk gives me no tools)" : list;
    }

    private static Map<String, List<String>> examples() {
        Map<String, List<String>> examples = new LinkedHashMap<>();
        examples.put(
                "list-orders",
                List.of("list orders: \"list my orders\", \"which orders are pending?\", \"orders for Bob Smith\""));
        examples.put("get-order", List.of("show one: \"show ORD-003\""));
        examples.put("create-order", List.of("create one: \"create an order for Zoe: 2 desk lamps\""));
        examples.put(
                "update-order",
                List.of("change one: \"change the quantity of ORD-005 to 4\", \"mark ORD-003 as shipped\""));
        examples.put("delete-order", List.of("delete one: \"delete ORD-008\""));
        examples.put("whoami", List.of("say for whom I work: \"who am I?\""));
        return examples;
    }
}
