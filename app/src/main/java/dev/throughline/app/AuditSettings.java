package dev.throughline.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * How the audit log is signed for.
 *
 * @param name the log's
 * @param seed the key that signs
 * @param checkpoints the file that takes what was signed, outside the database
 */
record AuditSettings(String name, SharedKey seed, Path checkpoints) {
    private static final String CHECKPOINTS = "AUDIT_CHECKPOINTS";
    private static final int SEED_LENGTH = 32;

    static AuditSettings read(Variables variables, Environment environment, UUID tenant) {
        SharedKey seed = SharedKey.read(SharedKey.AUDIT, variables, environment);
        if (seed.bytes().length != SEED_LENGTH) {
            throw new InvalidSettingException(SharedKey.AUDIT, "must be exactly 32 random bytes in base64url");
        }
        return new AuditSettings("throughline-audit/" + tenant, seed, path(variables.required(CHECKPOINTS)));
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(CHECKPOINTS, "must be the path of a file");
        }
        throw new InvalidSettingException(CHECKPOINTS, "must be the whole path of a file, from the root on");
    }
}
