package dev.throughline.local.entra;

import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A key and the certificate that it signed for itself, made by the JDK's own tool. */
record SelfSigned(PrivateKey key, X509Certificate certificate) {

    private static final String PASSWORD = "changeit";

    static SelfSigned rsa(Path folder) {
        return make(folder, "-keyalg", "RSA", "-keysize", "2048");
    }

    static SelfSigned make(Path folder, String... options) {
        Path store = folder.resolve(UUID.randomUUID() + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of("-genkeypair", "-alias", "client", "-dname", "CN=client", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(options));
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new AssertionError(said);
            }
            return read(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("No certificate", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static SelfSigned read(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(store)) {
            keys.load(stored, PASSWORD.toCharArray());
        }
        return new SelfSigned((PrivateKey) keys.getKey("client", PASSWORD.toCharArray()), (X509Certificate)
                keys.getCertificate("client"));
    }

    String thumbprint(String algorithm) {
        return Base64URL.encode(digest(algorithm)).toString();
    }

    /** Both, as {@code AUTH_CLIENT_CERTIFICATE} wants them. */
    String pem() {
        try {
            return block("PRIVATE KEY", key.getEncoded()) + block("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }

    @Override
    public String toString() {
        return "SelfSigned[hidden]";
    }
}
