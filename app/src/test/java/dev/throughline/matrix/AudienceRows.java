package dev.throughline.matrix;

import static dev.throughline.matrix.Outcome.denied;
import static dev.throughline.matrix.Outcome.letIn;
import static dev.throughline.matrix.Outcome.refused;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** T122 to T160: for whom it was issued, what kind of token it is, and who acts with it. */
final class AudienceRows extends Rows {
    private static final Outcome AUDIENCE = refused("audience_mismatch");
    private static final Outcome TYPE = refused("type_forbidden");
    private static final Outcome USER = refused("user_required");
    private static final Outcome CLIENT = refused("client_not_registered");
    private static final Outcome UNNAMED = refused("client_missing");
    private static final Outcome CLAIMS = refused("claims_invalid");
    private static final String NOBODY = Good.PREFIX + "ff";

    AudienceRows() {
        audiences();
        kinds();
        applications();
        agents();
        clients();
    }

    private void audiences() {
        claim("T122", "another API", "aud", NOBODY, AUDIENCE);
        claim("T123", "Foundry, to which our own token was exchanged", "aud", "https://ai.azure.com", AUDIENCE);
        claim("T124", "Microsoft Graph", "aud", "00000003-0000-0000-c000-000000000000", AUDIENCE);
        claim("T125", "our web chat", "aud", Good.WEB_CHAT, AUDIENCE);
        claim(
                "T126",
                "the MCP endpoint's address, which is no audience here",
                "aud",
                "http://localhost:9080/api/v1/mcp",
                AUDIENCE);
        without("T127", "aud", AUDIENCE);
        claim("T128", "aud", null, AUDIENCE);
        claim("T129", "aud", List.of(), AUDIENCE);
        claim("T130", "aud", java.util.Arrays.asList((Object) null), AUDIENCE);
        claim("T131", "aud", 1, AUDIENCE);
        claim("T132", "aud", "", AUDIENCE);
        claim("T133", "aud", Map.of("aud", Refusal.API), AUDIENCE);
        claim("T134", "aud", "api://" + Refusal.API + "-evil", AUDIENCE);
        claim("T135", "aud", Refusal.API + " ", AUDIENCE);
        claim("T136", "aud", Refusal.API.toUpperCase(Locale.ROOT), AUDIENCE);
        claim("T137", "aud", "api://" + Refusal.API, letIn());
        claim("T138", "aud", "ALL_AUDIENCES", AUDIENCE);
        claim("T138", "aud", "*", AUDIENCE);
        claim("T139", "aud", List.of(Refusal.API, "https://ai.azure.com"), AUDIENCE);
        claim("T139", "aud", List.of(Refusal.API), AUDIENCE);
    }

    private void kinds() {
        draft("T140", "a genuine ID token", AUDIENCE, good -> good.workshop().idToken("ada"));
        draft(
                "T141",
                "an ID token for our API",
                refused("id_token"),
                good -> good.workshop().idToken("ada").with("aud", Refusal.API));
        for (String member : List.of("nonce", "at_hash", "c_hash", "s_hash")) {
            claim("T141", "an ID token's " + member, member, "x", refused("id_token"));
        }
        token("T142", "a refresh token", refused("not_compact"), good -> "1.AXoAc0ffee-opaque_refresh");
        token("T142", "one opaque word", refused("not_compact"), good -> "opaque");
        token("T143", "an authorization code", refused("not_compact"), good -> "0.AXoAc0ffee.AgABAA.opaque");
        draft(
                "T144",
                "a proof of possession",
                TYPE,
                good -> good.draft()
                        .header("typ", "dpop+jwt")
                        .with("htm", "GET")
                        .with("htu", "http://localhost/api/v1/orders"));
        for (String member : List.of("htm", "htu", "ath")) {
            claim("T144", "a proof's " + member, member, "x", TYPE);
        }
        claim(
                "T145",
                "a logout token's event",
                "events",
                Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()),
                TYPE);
        claim("T146", "a security event's time", "toe", 1, TYPE);
    }

    private void applications() {
        draft(
                "T147",
                "an application of its own that has no role",
                USER,
                good -> good.nightAgent().without("roles"));
        draft(
                "T147",
                "an agent as itself where a person is needed",
                denied("user_required"),
                peoplesDoors(),
                Good::nightAgent);
        draft(
                "T148",
                "a person without roles",
                denied("role_not_sufficient"),
                good -> good.draft().without("roles"));
        draft(
                "T149",
                "an application that does not say so and has no role",
                USER,
                good -> good.nightAgent().without("idtyp").without("roles"));
        draft(
                "T149",
                "an application that does not say so where a person is needed",
                denied("user_required"),
                peoplesDoors(),
                good -> good.nightAgent().without("idtyp"));
        claim("T149", "idtyp", "device", CLAIMS);
        claim("T149", "idtyp", 1, CLAIMS);
        claim("T149", "idtyp", "user", letIn());
        without("T149", "scp", USER);
        draft("T149", "a subject that is the object", USER, good -> good.draft().with("sub", good.person()));
        claim("T156", "a person's token that says it is an application's", "idtyp", "app", USER);
    }

    private void agents() {
        draft(
                "T150",
                "an agent that is not registered",
                USER,
                good -> good.nightAgent().with("azp", NOBODY));
        claim("T150", "an agent acts, and no registered one is named", "xms_act_fct", "11", CLIENT);
        draft(
                "T151",
                "the identity that a project's agents share",
                refused("agent_identity_shared"),
                good -> good.workshop().application(Good.SHARED));
        claim("T151", "a person through the shared identity", "azp", Good.SHARED, refused("agent_identity_shared"));
        draft(
                "T152",
                "an agent as itself at a tool that writes",
                denied("reading_only"),
                EnumSet.of(Door.TOOL),
                Good::nightAgent);
        draft(
                "T152",
                "a person through an agent at a change of an order that nobody has",
                letIn(),
                EnumSet.of(Door.UPDATE, Door.DELETE, Door.TOOL),
                good -> good.draft().with("azp", Good.ASSISTANT));
        draft(
                "T153",
                "a person through an agent in the chat",
                denied("app_may_not_chat"),
                EnumSet.of(Door.CHAT, Door.STREAM, Door.RESUME, Door.DECLINE),
                good -> good.draft().with("azp", Good.ASSISTANT));
        draft(
                "T154",
                "the parent application of a registered agent is no agent",
                CLIENT,
                good -> good.draft().with("azp", NOBODY).with("xms_par_app_azp", Good.ASSISTANT));
        claim("T155", "a subject that is an agent", "xms_sub_fct", "11", USER);
        claim("T155", "a subject that is an agent's user account", "xms_sub_fct", "13", USER);
        claim("T155", "xms_sub_fct", 11, CLAIMS);
        claim("T155", "xms_act_fct", List.of("11"), CLAIMS);
        claim("T155", "an actor's facet that means no agent", "xms_act_fct", "3", letIn());
    }

    private void clients() {
        without("T157", "azp", UNNAMED);
        draft(
                "T157",
                "the client where version 1.0 has it",
                UNNAMED,
                good -> good.draft().without("azp").with("appid", Good.WEB_CHAT));
        claim("T158", "azp", null, UNNAMED);
        claim("T158", "azp", "", UNNAMED);
        claim("T158", "azp", " ", UNNAMED);
        claim("T158", "azp", List.of(Good.WEB_CHAT), UNNAMED);
        draft(
                "T159",
                "an agent as itself that did not prove itself",
                USER,
                good -> good.nightAgent().without("idtyp").with("azpacr", "0"));
        claim("T160", "a person's token of an unknown client", "azp", NOBODY, CLIENT);
        claim("T160", "a person's token of the API itself", "azp", Refusal.API, CLIENT);
    }

    private static Set<Door> peoplesDoors() {
        Set<Door> doors = EnumSet.copyOf(Door.BUT_MCP);
        doors.remove(Door.CREATE);
        return doors;
    }
}
