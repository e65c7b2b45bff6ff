package dev.throughline.in.security;

import dev.throughline.access.ClientId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a token says of agents. None of it may ever add a right.
 *
 * @param itself whether the token is without doubt an application's own
 * @param actorFacets Entra's facets of who acts ({@code xms_act_fct})
 * @param subjectFacets Entra's facets of whom the token is about ({@code xms_sub_fct})
 * @param actors the clients that act, the last one first (the {@code act} claim of RFC 8693 section 4.1)
 */
record ActingClaims(boolean itself, Set<String> actorFacets, Set<String> subjectFacets, List<ClientId> actors) {
    /** Entra's facet of an agent identity. */
    private static final String AGENT = "11";

    /** Entra's facet of an agent that has a user account. */
    private static final String AGENT_USER = "13";

    private static final int LONGEST_CHAIN = 8;

    ActingClaims {
        actorFacets = Set.copyOf(actorFacets);
        subjectFacets = Set.copyOf(subjectFacets);
        actors = List.copyOf(actors);
    }

    /** @throws RejectedTokenException if a claim about agents is there and cannot be read */
    static ActingClaims of(Claims claims) throws RejectedTokenException {
        return new ActingClaims(
                itself(claims), facets(claims, "xms_act_fct"), facets(claims, "xms_sub_fct"), actors(claims));
    }

    boolean agentActs() {
        return actorFacets.contains(AGENT);
    }

    boolean aboutAnAgent() {
        return subjectFacets.contains(AGENT) || subjectFacets.contains(AGENT_USER);
    }

    /**
     * An application's own token has no scopes, and its subject is the application. The claim {@code idtyp} is
     * optional; without it only a client that had to prove itself ({@code azpacr}) can have such a token.
     */
    private static boolean itself(Claims claims) {
        boolean sameSubject = claims.text("oid").equals(claims.text("sub"));
        boolean noScopes = Set.of("/").containsAll(claims.words("scp"));
        boolean application = claims.has("idtyp")
                ? claims.text("idtyp").filter("app"::equals).isPresent()
                : claims.text("azpacr").filter(Set.of("1", "2")::contains).isPresent();
        return sameSubject && noScopes && application;
    }

    private static Set<String> facets(Claims claims, String name) throws RejectedTokenException {
        if (claims.has(name) && claims.text(name).isEmpty()) {
            throw new RejectedTokenException(TokenRejection.CLAIMS_INVALID);
        }
        return claims.words(name);
    }

    private static List<ClientId> actors(Claims claims) throws RejectedTokenException {
        List<ClientId> actors = new ArrayList<>();
        Claims outer = claims;
        while (outer.has("act")) {
            Claims act = outer.object("act").orElseThrow(ActingClaims::unreadable);
            actors.add(actor(act).orElseThrow(ActingClaims::unreadable));
            if (actors.size() > LONGEST_CHAIN) {
                throw unreadable();
            }
            outer = act;
        }
        return actors;
    }

    private static Optional<ClientId> actor(Claims act) {
        return act.text(act.has("client_id") ? "client_id" : "sub")
                .filter(id -> !id.isBlank())
                .map(ClientId::new);
    }

    private static RejectedTokenException unreadable() {
        return new RejectedTokenException(TokenRejection.CLAIMS_INVALID);
    }
}
