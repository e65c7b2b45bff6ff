package dev.throughline.out.entra;

import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.out.People;
import java.time.Instant;
import java.util.UUID;

class InMemoryDelegatedTokensTest extends DelegatedTokensContract {
    private final TenantId tenant = People.someTenant();
    private final User vic = People.someone(tenant, Role.VIEWER);
    private final User ada = People.someone(tenant, Role.ADMIN);
    private final InMemoryDelegatedTokens tokens = new InMemoryDelegatedTokens();

    @Override
    DelegatedTokens tokens() {
        return tokens;
    }

    @Override
    User vic() {
        return vic;
    }

    @Override
    User ada() {
        return ada;
    }

    @Override
    UserAssertion assertionOf(User user) {
        return new UserAssertion(user.id() + "-" + UUID.randomUUID(), Instant.MAX);
    }

    @Override
    void failNext(Delegation.NotIssued failure) {
        tokens.failNext(failure);
    }
}
