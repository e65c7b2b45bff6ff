package dev.throughline.out.entra;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Makes keys and certificates with the JDK's own tool, as PEM. */
final class PemFiles {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private int made;

    /** A key and its certificate. */
    record Pair(Certificate certificate, String keyBlock, String certificateBlock) {}

    PemFiles(Path folder) {
        this.folder = folder;
    }

    Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file-" + made++ + ".pem"), text);
    }

    Pair rsa() throws Exception {
        return pair("-keyalg", "RSA", "-keysize", "2048");
    }

    Pair pair(String... options) throws Exception {
        Path store = folder.resolve("store-" + made++ + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "api",
                "-dname",
                "CN=throughline-test",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return read(store);
    }

    private static Pair read(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(store)) {
            keys.load(stored, PASSWORD.toCharArray());
        }
        Certificate certificate = keys.getCertificate("api");
        return new Pair(
                certificate,
                block("PRIVATE KEY", keys.getKey("api", PASSWORD.toCharArray()).getEncoded()),
                block("CERTIFICATE", certificate.getEncoded()));
    }

    static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + label + "-----\n";
    }
}
