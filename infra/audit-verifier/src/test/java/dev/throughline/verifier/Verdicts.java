package dev.throughline.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/** Whole runs over exports in memory, with our key unless another is given. */
final class Verdicts {
    private static final VerifierKey KEY = LogKey.OURS.verifier();

    private Verdicts() {}

    static Verdict of(byte[] export) {
        return of(export, OutsideCheckpoints.none());
    }

    static Verdict of(byte[] export, OutsideCheckpoints outside) {
        return of(export, KEY, outside);
    }

    static Verdict of(byte[] export, VerifierKey key, OutsideCheckpoints outside) {
        try {
            return AuditVerifier.verify(
                    new ByteArrayInputStream(export),
                    key,
                    outside,
                    new Progress(new PrintStream(OutputStream.nullOutputStream())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static OutsideCheckpoints outside(WrittenLog log) {
        return outside(log.outside());
    }

    static OutsideCheckpoints outside(byte[] notes) {
        try {
            return OutsideCheckpoints.read(new ByteArrayInputStream(notes), KEY);
        } catch (IOException | UnreadableException e) {
            throw new AssertionError(e);
        }
    }

    static Verdict.Broken broken(Fault fault, Verdict verdict) {
        Verdict.Broken broken = assertInstanceOf(Verdict.Broken.class, verdict, verdict.sentence());
        assertEquals(fault, broken.fault(), broken.sentence());
        return broken;
    }

    static Verdict.Broken broken(Fault fault, List<String> lines) {
        return broken(fault, of(WrittenLog.export(lines)));
    }

    static void holds(long records, Verdict verdict) {
        Verdict.Holds holds = assertInstanceOf(Verdict.Holds.class, verdict, verdict.sentence());
        assertEquals(records, holds.records());
    }
}
