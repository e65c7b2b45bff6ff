package dev.throughline.local.foundry.planner;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Who the order desk takes the person for. */
record WhoAmI() implements Intent {

    static final String TOOL = "whoami";

    private static final String DEED = "find out who you are";
    private static final Pattern ASKED = Pattern.compile(
            "\\bwho ?am ?i\\b|\\bwho (?:do you think )?i am\\b|\\bwho (?:is|are) (?:you )?(?:acting|working|asking|signed"
                    + " in|logged in)\\b|\\bwhose behalf\\b|\\bon my behalf$|\\bas whom\\b|\\bwhich user\\b"
                    + "|\\b(?:what|which)(?:'s| is| are)? my (?:own )?(?:user|role|roles|rights?|permissions?|name|identity|id"
                    + "|account|access|scopes?)\\b|\\bwhat (?:role|rights?|permissions?) do i have\\b"
                    + "|\\bwhat (?:may i|am i allowed to) do\\b|\\bdo you know (?:me|my name)\\b"
                    + "|\\bam i (?:signed|logged) in\\b|\\bwhat do you know about me\\b|\\bmy identity\\b",
            Pattern.CASE_INSENSITIVE);

    static Optional<Intent> read(Sentence sentence) {
        return sentence.has(ASKED) ? Optional.of(new WhoAmI()) : Optional.empty();
    }

    @Override
    public Step next(Turn turn) {
        if (turn.tool(TOOL).isEmpty()) {
            return Replies.noTool(DEED);
        }
        return turn.results().isEmpty()
                ? new Step.Call(TOOL, Map.of())
                : Replies.to(turn.results().get(0), DEED, WhoAmI::answer);
    }

    private static String answer(JsonNode content) {
        String opening = first(content, List.of("/user/name", "/name", "/display_name", "/user/display_name"))
                .map(name -> "You are " + Markdown.escape(name) + ", as the order desk sees it:")
                .orElse("This is what the order desk knows about you:");
        return opening + "\n\n" + Replies.facts(content);
    }

    /** The person's object id in the tool's answer, which is what orders name as their owner. */
    static Optional<String> objectId(JsonNode content) {
        return first(
                content,
                List.of("/user/id", "/user/oid", "/user/object_id", "/user_id", "/object_id", "/oid", "/user", "/id"));
    }

    private static Optional<String> first(JsonNode content, List<String> pointers) {
        return pointers.stream()
                .map(content::at)
                .filter(JsonNode::isString)
                .flatMap(node -> Stream.of(node.stringValue()))
                .findFirst();
    }
}
