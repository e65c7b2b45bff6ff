package dev.throughline.out.database;

import dev.throughline.access.ApprovalId;
import dev.throughline.access.ConsentId;
import dev.throughline.conversation.RunRecord.ToolLine;
import dev.throughline.trail.Hop;
import dev.throughline.trail.Hop.Evidence;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tools and the hops of a run, as JSON. */
final class RunJson {
    private static final Set<String> TOOL = Set.of("name", "status");
    private static final Set<String> HOP = Set.of(
            "from",
            "to",
            "user",
            "agent",
            "client",
            "audience",
            "scopes",
            "obtained",
            "evidence",
            "decision",
            "rule",
            "approval",
            "consent");

    private final StoredJson json;

    RunJson(StoredJson json) {
        this.json = json;
    }

    String tools(List<ToolLine> tools) {
        JsonArrayBuilder array = json.newArray();
        tools.forEach(
                tool -> array.add(json.newObject().add("name", tool.name()).add("status", tool.status())));
        return array.build().toString();
    }

    /** @throws IllegalStateException if it is nothing that this version has written */
    List<ToolLine> tools(String text) {
        return json.array(text).stream()
                .map(value -> new StoredMembers("tool", value, TOOL))
                .map(tool -> new ToolLine(tool.text("name"), tool.text("status")))
                .toList();
    }

    String hops(List<Hop> hops) {
        JsonArrayBuilder array = json.newArray();
        hops.forEach(hop -> array.add(write(hop)));
        return array.build().toString();
    }

    /** @throws IllegalStateException if it is nothing that this version has written */
    List<Hop> hops(String text) {
        return json.array(text).stream().map(RunJson::hop).toList();
    }

    private JsonObjectBuilder write(Hop hop) {
        JsonObjectBuilder object = json.newObject().add("from", hop.from()).add("to", hop.to());
        optional(object, "user", hop.user());
        optional(object, "agent", hop.agent());
        optional(object, "client", hop.client());
        optional(object, "audience", hop.audience());
        JsonArrayBuilder scopes = json.newArray();
        new TreeSet<>(hop.scopes()).forEach(scopes::add);
        object.add("scopes", scopes);
        optional(object, "obtained", hop.obtained());
        object.add("evidence", hop.evidence().wire());
        optional(object, "decision", hop.decision());
        optional(object, "rule", hop.rule());
        optional(object, "approval", hop.approval());
        optional(object, "consent", hop.consent());
        return object;
    }

    private static void optional(JsonObjectBuilder object, String name, Optional<?> value) {
        value.ifPresent(present -> object.add(name, present.toString()));
    }

    private static Hop hop(JsonValue value) {
        StoredMembers hop = new StoredMembers("hop", value, HOP);
        return new Hop(
                hop.text("from"),
                hop.text("to"),
                hop.optionalText("user"),
                hop.optionalText("agent"),
                hop.optionalText("client"),
                hop.optionalText("audience"),
                Set.copyOf(hop.texts("scopes")),
                hop.optionalText("obtained"),
                evidence(hop),
                hop.optionalText("decision"),
                hop.optionalText("rule"),
                hop.optionalId("approval").map(ApprovalId::new),
                hop.optionalId("consent").map(ConsentId::new));
    }

    private static Evidence evidence(StoredMembers hop) {
        String wire = hop.text("evidence");
        return Arrays.stream(Evidence.values())
                .filter(evidence -> evidence.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> hop.wrong("evidence"));
    }
}
