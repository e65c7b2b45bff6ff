package dev.throughline.trail;

import dev.throughline.access.Decision.Permit;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Port: the audit log, to be looked at. Every call needs the permit to read it, and sees its tenant's records only. */
public interface AuditRecords {

    /** How many records {@link #verify} looks at: the newest. */
    int MOST_VERIFIED = 1_000;

    /** A page of records, the newest first. */
    AuditPage page(Permit permit, AuditQuery query, Optional<UUID> before, int limit);

    /** Whether the newest of these records, and all that lies between the checkpoints around them, are unchanged. */
    AuditVerdict verify(Permit permit, AuditQuery query);

    /** The whole log up to now, for a verifier that trusts nobody here. */
    Export export(Permit permit);

    /** The key by which a verifier knows the checkpoints. */
    String key(Permit permit);

    /** The lines of the log. */
    interface Export {
        /** Tells all lines, each without its end. */
        void writeTo(Lines lines) throws IOException;
    }

    /** Takes lines. */
    interface Lines {
        void line(String line) throws IOException;
    }
}
