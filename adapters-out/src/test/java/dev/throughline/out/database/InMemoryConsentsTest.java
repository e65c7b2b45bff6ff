package dev.throughline.out.database;

import dev.throughline.access.Consents;

class InMemoryConsentsTest extends ConsentsContract {
    private final InMemoryConsents consents = new InMemoryConsents(clock);

    @Override
    Consents consents() {
        return consents;
    }

    @Override
    Consents otherInstance() {
        return consents;
    }
}
