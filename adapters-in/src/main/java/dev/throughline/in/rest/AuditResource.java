package dev.throughline.in.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.in.http.Json;
import dev.throughline.in.http.MalformedJsonException;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.http.Representation;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.wire.CursorKey;
import dev.throughline.in.wire.InvalidCursorException;
import dev.throughline.in.wire.WireList;
import dev.throughline.trail.AuditPage;
import dev.throughline.trail.AuditRecord;
import dev.throughline.trail.AuditRecords.Export;
import dev.throughline.trail.AuditVerdict;
import dev.throughline.trail.ReadAudit;
import dev.throughline.trail.ReadAudit.Done;
import dev.throughline.trail.ReadAudit.Outcome;
import dev.throughline.trail.ReadAudit.Refused;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The audit log, for administrators: its records, whether it holds, and all of it for a verifier elsewhere. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class AuditResource {
    /** One line of JSON for each thing told. */
    private static final String LINES = "application/x-ndjson";

    private static final int BUFFER = 64 * 1024;

    private final CurrentCaller current;
    private final ReadAudit audit;
    private final CursorKey key;
    private final Refusals refusals;

    @Inject
    public AuditResource(CurrentCaller current, ReadAudit audit, CursorKey key, Refusals refusals) {
        this.current = current;
        this.audit = audit;
        this.key = key;
        this.refusals = refusals;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        Caller caller = current.caller();
        AuditParameters asked = AuditParameters.ofList(uri.getQueryParameters());
        AuditCursors cursors = new AuditCursors(key, caller, asked.query());
        AuditPage page = done(audit.list(caller, Door.REST, asked.query(), place(cursors, asked), asked.limit()));
        return Answers.of(new WireList<>(
                page.items().stream().map(AuditResource::shown).toList(),
                page.next().map(cursors::issue)));
    }

    @GET
    @Path("/verification")
    public Response verify(@Context UriInfo uri) {
        AuditParameters asked = AuditParameters.ofFilters(uri.getQueryParameters());
        return Answers.of(Verdict.of(done(audit.verify(current.caller(), Door.REST, asked.query()))));
    }

    @GET
    @Path("/key")
    public Response key() {
        return Answers.of(new Key(done(audit.key(current.caller(), Door.REST))));
    }

    /** As it is read, since it is as long as all that ever happened. */
    @GET
    @Path("/export")
    @Produces(LINES)
    public Response export() {
        Export export = done(audit.export(current.caller(), Door.REST));
        StreamingOutput lines = out -> {
            OutputStream buffered = new BufferedOutputStream(out, BUFFER);
            export.writeTo(line -> {
                buffered.write(line.getBytes(StandardCharsets.UTF_8));
                buffered.write('\n');
            });
            buffered.flush();
        };
        return Response.ok(lines, LINES)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Optional<UUID> place(AuditCursors cursors, AuditParameters asked) {
        if (asked.cursor().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(cursors.open(asked.cursor().get()));
        } catch (InvalidCursorException e) {
            throw new ProblemException(Problem.ofField("cursor_invalid", "cursor", InvalidCursorException.SENTENCE));
        }
    }

    /** The record as it is kept, with its place. */
    private static JsonNode shown(AuditRecord record) {
        try {
            ObjectNode shown = (ObjectNode) Json.parse(record.body().getBytes(StandardCharsets.UTF_8));
            record.seq().ifPresentOrElse(seq -> shown.put("seq", seq), () -> shown.putNull("seq"));
            return shown;
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("A record is no JSON", e);
        }
    }

    private <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Done<T> done) {
            return done.value();
        }
        throw refusals.exception(current.caller(), Action.READ_AUDIT, ((Refused<T>) outcome).refusal());
    }

    private record Key(String key) implements Representation {}

    private record Verdict(
            boolean holds,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> reason,
            int records,
            int sealed,
            long size,
            Optional<AuditVerdict.Signed> checkpoint)
            implements Representation {
        static Verdict of(AuditVerdict verdict) {
            return new Verdict(
                    verdict.fault().isEmpty(),
                    verdict.fault(),
                    verdict.records(),
                    verdict.sealed(),
                    verdict.size(),
                    verdict.checkpoint());
        }
    }
}
