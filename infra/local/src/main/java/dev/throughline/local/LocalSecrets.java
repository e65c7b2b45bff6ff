package dev.throughline.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * The secrets of one machine's local run: made once, kept beside its data, never in the repository.
 *
 * @param apiClientSecret credential of our API's registration, for its on-behalf-of exchange
 * @param assistantClientSecret credential of the OAuth client of {@code orders-assistant}
 * @param nightAgentSecret credential of {@code night-agent}
 * @param sharedIdentitySecret credential of the project's shared identity
 * @param databasePassword password of the application's database role
 * @param migrationPassword password of the database role that migrates
 * @param keystorePassword protects the server's own keys
 * @param stateKey 256-bit key of cursors and request state, base64url
 * @param identityMacKey 256-bit key by which the database believes who is asking, base64url
 * @param auditSigningKey 256-bit seed of the key by which the audit log is signed for, base64url
 */
public record LocalSecrets(
        String apiClientSecret,
        String assistantClientSecret,
        String nightAgentSecret,
        String sharedIdentitySecret,
        String databasePassword,
        String migrationPassword,
        String keystorePassword,
        String stateKey,
        String identityMacKey,
        String auditSigningKey) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Reads {@code secrets.properties} in the data folder, and makes what is missing there.
     *
     * @throws UncheckedIOException if the file can be neither read nor written
     */
    public static LocalSecrets loadOrCreate(Path dataDir) {
        Path file = dataDir.resolve("secrets.properties");
        Properties known = read(file);
        int before = known.size();
        LocalSecrets secrets = new LocalSecrets(
                secret(known, "api-client-secret"),
                secret(known, "assistant-client-secret"),
                secret(known, "night-agent-secret"),
                secret(known, "shared-identity-secret"),
                secret(known, "database-password"),
                secret(known, "migration-password"),
                secret(known, "keystore-password"),
                secret(known, "state-key"),
                secret(known, "identity-mac-key"),
                secret(known, "audit-signing-key"));
        if (known.size() > before) {
            write(file, known);
        }
        return secrets;
    }

    private static String secret(Properties known, String name) {
        return (String) known.computeIfAbsent(name, missing -> random());
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + file, e);
            }
        }
        return properties;
    }

    private static void write(Path file, Properties properties) {
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, "Secrets of this machine's local run. Delete the folder to start afresh.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    @Override
    public String toString() {
        return "LocalSecrets[hidden]";
    }
}
