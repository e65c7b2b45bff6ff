package dev.throughline.local.entra;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who is signed in in which browser, so that a second application need not ask again. */
final class Sessions {

    private static final String COOKIE = "entra_standin";

    private final Expiring<Session> sessions;
    private final Clock clock;

    /** A person's presence in one browser. */
    record Session(Person person, Instant signedIn) {}

    Sessions(Clock clock) {
        this.clock = clock;
        this.sessions = new Expiring<>(1000, Duration.ofHours(12), clock);
    }

    Session begin(Exchange exchange, Person person) {
        end(exchange, person.tenant());
        Session session = new Session(person, clock.instant());
        setCookie(exchange, person.tenant(), sessions.add(session), "");
        return session;
    }

    Optional<Session> of(Exchange exchange, Tenant tenant) {
        return exchange.cookie(COOKIE)
                .flatMap(sessions::find)
                .filter(session -> session.person().tenant().equals(tenant));
    }

    void end(Exchange exchange, Tenant tenant) {
        exchange.cookie(COOKIE).ifPresent(sessions::take);
        setCookie(exchange, tenant, "", "; Max-Age=0");
    }

    /** Cookies do not know ports; the tenant's path keeps this one from the other servers on this machine. */
    private static void setCookie(Exchange exchange, Tenant tenant, String value, String more) {
        exchange.responseHeader(
                "Set-Cookie", COOKIE + "=" + value + "; Path=/" + tenant.id() + "/; HttpOnly; SameSite=Lax" + more);
    }
}
