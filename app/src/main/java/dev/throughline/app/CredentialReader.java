package dev.throughline.app;

import dev.throughline.out.entra.ClientCredential;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads what our API's registration proves itself by: one of three, so that it is clear which one holds. */
final class CredentialReader {
    private static final String IDENTITY = "AZURE_CLIENT_ID";
    private static final String CERTIFICATE = "AUTH_CLIENT_CERTIFICATE";
    private static final String SECRET = "AUTH_CLIENT_SECRET";

    private final Variables variables;
    private final UUID client;

    /** @param client the registration */
    CredentialReader(Variables variables, UUID client) {
        this.variables = variables;
        this.client = client;
    }

    /** The credential; empty only where none is required. */
    Optional<ClientCredential> credential(boolean required) {
        Optional<ClientCredential> identity = variables.text(IDENTITY).map(this::identity);
        Optional<ClientCredential> secret = variables.secret(SECRET).map(CredentialReader::secret);
        Optional<String> certificate = variables.text(CERTIFICATE);
        List<String> set = Stream.of(IDENTITY, CERTIFICATE, SECRET)
                .filter(name -> variables.text(name).isPresent())
                .toList();
        if (set.size() > 1) {
            throw new InvalidSettingException(
                    String.join(" and ", set), "are set, of which only one may be: the API has one credential");
        }
        if (required && set.isEmpty()) {
            throw new InvalidSettingException(
                    SECRET, "is not set, and neither is " + IDENTITY + " or " + CERTIFICATE + " in its place");
        }
        return identity.or(() -> certificate.map(CredentialReader::certificate)).or(() -> secret);
    }

    private ClientCredential identity(String id) {
        if (!Variables.isGuid(id)) {
            throw new InvalidSettingException(IDENTITY, "must be a GUID");
        }
        if (client.toString().equalsIgnoreCase(id)) {
            throw new InvalidSettingException(
                    IDENTITY, "must be the managed identity, not the app registration of AZURE_AD_CLIENT_ID");
        }
        return new ClientCredential.ManagedIdentity(id);
    }

    private static ClientCredential certificate(String file) {
        try {
            return ClientCredential.Certificate.usableAt(Instant.now(), Path.of(file));
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(CERTIFICATE, "must name a file that can be read");
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(CERTIFICATE, e.getMessage());
        }
    }

    private static ClientCredential secret(Secret secret) {
        if (Variables.isGuid(secret.value())) {
            throw new InvalidSettingException(SECRET, "must be the secret's value, not its id");
        }
        return new ClientCredential.Secret(secret.value());
    }
}
