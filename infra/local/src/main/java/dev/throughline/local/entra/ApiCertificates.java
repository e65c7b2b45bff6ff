package dev.throughline.local.entra;

import com.nimbusds.jose.JWSHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificates of our API's registration: those that a test registers, and those of a PEM file that whoever runs
 * the stand-in may put beside its data. The file is read for each assertion, so that no restart is needed; a private
 * key in it is passed over.
 */
final class ApiCertificates {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----");

    private final List<RegisteredCertificate> registered = new CopyOnWriteArrayList<>();
    private final Path file;

    ApiCertificates(Path file) {
        this.file = file;
    }

    void register(X509Certificate certificate) {
        registered.add(new RegisteredCertificate(certificate));
    }

    Optional<RegisteredCertificate> namedBy(JWSHeader header) {
        List<RegisteredCertificate> all = new ArrayList<>(registered);
        all.addAll(inFile());
        return all.stream().filter(known -> known.isNamedBy(header)).findFirst();
    }

    private List<RegisteredCertificate> inFile() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<RegisteredCertificate> found = new ArrayList<>();
            Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (block.find()) {
                found.add(certificate(block.group()));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        } catch (CertificateException e) {
            throw new IllegalStateException("A certificate in " + file + " is damaged", e);
        }
    }

    private static RegisteredCertificate certificate(String block) throws CertificateException {
        byte[] bytes = block.getBytes(StandardCharsets.US_ASCII);
        return new RegisteredCertificate((X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes)));
    }
}
