package dev.throughline.local.entra;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Since when a person's sign-ins count ({@code signInSessionsValidFromDateTime} of the real directory). */
final class Revocations {

    private final PrivateFile file;
    private final Clock clock;
    private final Map<String, Object> validFrom;

    Revocations(PrivateFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.validFrom = file.read().map(Revocations::parse).orElseGet(TreeMap::new);
    }

    synchronized void revoke(Person person) {
        validFrom.put(person.id(), clock.millis());
        file.write(JSONObjectUtils.toJSONString(validFrom));
    }

    synchronized boolean cover(Person person, Instant signedIn) {
        return validFrom.get(person.id()) instanceof Number from && signedIn.toEpochMilli() <= from.longValue();
    }

    private static Map<String, Object> parse(String text) {
        try {
            return new TreeMap<>(JSONObjectUtils.parse(text));
        } catch (ParseException e) {
            throw new IllegalStateException("The file of revocations is damaged; delete it to start afresh", e);
        }
    }
}
