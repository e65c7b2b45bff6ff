package dev.throughline.in.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.conversation.Partners;
import dev.throughline.conversation.Partners.Choice;
import dev.throughline.in.http.Representation;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.wire.WireList;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;

/** The agents that there are, and which of them the person may talk to. */
@Path("/agents")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class AgentsResource {
    private final CurrentCaller current;
    private final Partners partners;
    private final Refusals refusals;

    @Inject
    public AgentsResource(CurrentCaller current, Partners partners, Refusals refusals) {
        this.current = current;
        this.partners = partners;
        this.refusals = refusals;
    }

    @GET
    public Response list() {
        Decision mayChat = partners.mayChat(current.caller());
        if (mayChat instanceof Refusal refusal) {
            throw refusals.exception(current.caller(), Action.CHAT, refusal);
        }
        return Answers.of(WireList.whole(partners.choices(current.caller()).stream()
                .map(AgentsResource::shown)
                .toList()));
    }

    private static Shown shown(Choice choice) {
        Agent agent = choice.agent();
        Optional<Refusal> refusal =
                choice.decision() instanceof Refusal stands ? Optional.of(stands) : Optional.empty();
        return new Shown(
                agent.name(),
                wire(agent.kind()),
                wire(agent.route()),
                choice.decision() instanceof Permit,
                agent.actsAsItself() ? Optional.of(true) : Optional.empty(),
                refusal.map(Refusal::rule),
                refusal.map(Refusals::words));
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private record Shown(
            String name,
            String kind,
            String route,
            boolean usable,

            @JsonInclude(JsonInclude.Include.NON_ABSENT) @JsonProperty("acts_as_itself")
            Optional<Boolean> actsAsItself,

            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> reason,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> detail)
            implements Representation {}
}
