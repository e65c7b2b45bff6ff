package dev.throughline.in.fakes;

import dev.throughline.access.Caller;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.in.events.Occasion;
import dev.throughline.in.security.CurrentCaller;
import java.time.Instant;
import java.util.Optional;

/** A caller whom the gate has let in. */
public final class SignedIn extends CurrentCaller {
    private final Caller caller;

    public SignedIn(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Occasion occasion() {
        return Occasion.of(Exchange.of("POST", "/api/v1/mcp", new byte[0]).request());
    }

    @Override
    public Optional<UserAssertion> assertion() {
        return Optional.of(new UserAssertion("token-of-" + caller.objectId(), Instant.MAX));
    }
}
