package dev.throughline.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The command: {@code java -jar audit-verifier.jar <export> <key> [<checkpoints>]}. Its verdict is one sentence on
 * standard output; it ends with 0 if the log holds, with 1 if it does not, and with 2 if it cannot say.
 */
public final class AuditVerifier {
    private static final String USAGE =
            "Usage: java -jar audit-verifier.jar <export.ndjson> <key or file with the key> [<file of exported checkpoints>]";

    private AuditVerifier() {}

    /** Verifies, says so, and ends the process. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length < 2 || arguments.length > 3) {
            err.println(USAGE);
            return Verdict.UNREADABLE;
        }
        Verdict verdict = verdict(arguments, err);
        (verdict.exitCode() == Verdict.UNREADABLE ? err : out).println(verdict.sentence());
        return verdict.exitCode();
    }

    private static Verdict verdict(String[] arguments, PrintStream err) {
        try {
            VerifierKey key = KeyArgument.read(arguments[1]);
            OutsideCheckpoints outside = arguments.length == 3
                    ? OutsideCheckpoints.read(InputFile.of(arguments[2], "checkpoints"), key)
                    : OutsideCheckpoints.none();
            return verify(InputFile.of(arguments[0], "export"), key, outside, new Progress(err));
        } catch (UnreadableException e) {
            return new Verdict.Unreadable(e.getMessage());
        } catch (OutOfMemoryError e) {
            return new Verdict.Unreadable("There is too little memory for a log of this length: "
                    + "run it with more, for example java -Xmx4g -jar audit-verifier.jar …");
        }
    }

    private static Verdict verify(Path export, VerifierKey key, OutsideCheckpoints outside, Progress progress)
            throws UnreadableException {
        try (InputStream bytes = Files.newInputStream(export)) {
            return verify(bytes, key, outside, progress);
        } catch (IOException e) {
            throw new UnreadableException("Cannot read " + export + " to its end: copy it to a disk that can be read.");
        }
    }

    static Verdict verify(InputStream export, VerifierKey key, OutsideCheckpoints outside, Progress progress)
            throws IOException {
        Lines lines = new Lines(export);
        Verification verification = new Verification(key, outside);
        try {
            for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                verification.accept(line.get());
                progress.report(verification);
            }
            return verification.end();
        } catch (BrokenLogException fault) {
            return new Verdict.Broken(lines.number(), fault.fault(), fault.getMessage());
        }
    }
}
