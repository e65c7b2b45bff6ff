package dev.throughline.in.fakes;

import dev.throughline.access.Caller;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.in.events.Occasion;
import dev.throughline.in.security.CurrentCaller;
import java.time.Instant;
import java.util.Optional;

/** Whom the gate has let in, one after the other. */
public final class Changing extends CurrentCaller {
    private Caller caller;

    public Changing(Caller first) {
        this.caller = first;
    }

    /** From now on it is this one. */
    public void become(Caller next) {
        this.caller = next;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Optional<UserAssertion> assertion() {
        return Optional.of(new UserAssertion("token-of-" + caller.objectId(), Instant.MAX));
    }

    @Override
    public Occasion occasion() {
        return Occasion.of(Exchange.of("POST", "/api/v1", new byte[0]).request());
    }
}
