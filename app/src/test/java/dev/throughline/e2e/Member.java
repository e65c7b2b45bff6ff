package dev.throughline.e2e;

import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.run.LocalStack;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Somebody of the home tenant whom no directory knows and no other test meets. What is theirs holds their canary, a
 * text that nobody can guess: whoever is shown it was shown something of theirs.
 */
final class Member {
    static final String CANARY = "canary-[0-9a-f-]{36}";

    private static final List<String> SCOPES = List.of("Orders.Read", "Orders.Write");

    final String id = UUID.randomUUID().toString();
    final String canary = "canary-" + UUID.randomUUID();
    final String role;

    private final LocalStack stack;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    Member(LocalStack stack, String role) {
        this.stack = stack;
        this.role = role;
    }

    /** What the web chat holds for them. */
    String token() {
        return token(Ids.WEB_CHAT);
    }

    /** What an application holds for them; another one every half an hour, before it expires. */
    String token(String client) {
        return kept(client, () -> newToken(client));
    }

    /** Another one of the same kind. */
    String newToken(String client) {
        return themselves(stack.entra().tokens().user("vic", client, SCOPES.toArray(String[]::new)));
    }

    /** What a project that passes tokens on presents to the MCP endpoint. */
    String passedOn() {
        return kept("passed-on", () -> themselves(stack.entra().tokens().userForFoundry("vic")));
    }

    private String kept(String name, Supplier<String> issue) {
        long halfHour = Instant.now().getEpochSecond() / 1800;
        return tokens.computeIfAbsent(name + "/" + halfHour, key -> issue.get());
    }

    private String themselves(TokenDraft draft) {
        TokenDraft theirs = draft.with("oid", id).with("sub", "pairwise-" + id).with("name", "Somebody");
        return (draft.claims().containsKey("roles") ? theirs.with("roles", List.of(role)) : theirs).sign();
    }

    /** All tokens that were issued for them. */
    Collection<String> tokens() {
        return tokens.values();
    }

    boolean is(String... roles) {
        return List.of(roles).contains(role);
    }

    @Override
    public String toString() {
        return role + " " + id;
    }
}
