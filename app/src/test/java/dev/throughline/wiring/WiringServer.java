package dev.throughline.wiring;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.postgres.LocalDatabase;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LocalEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lays a server for Arquillian out of the product's own configuration, before Arquillian starts it: with a database and
 * ports of its own, and with the connector that Arquillian deploys through.
 */
class WiringServer implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (System.getProperty("throughline.output") == null) {
            // The test class, and this extension with it, also runs inside the server, where everything is laid.
            return;
        }
        Path output = Path.of(System.getProperty("throughline.output"), "wiring");
        Path data = Files.createTempDirectory(Files.createDirectories(output), "data-");
        LocalPorts ports = LocalPorts.free();
        LocalSecrets secrets = LocalSecrets.loadOrCreate(data);
        LocalDatabase database = LocalDatabase.start(ports.postgres(), secrets, data);
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(WiringServer.class))
                .put("database", (AutoCloseable) database::close);
        Installation installation = Installation.fromSystemProperties();
        Path usr = data.resolve("usr");
        Path server = Files.createDirectories(usr.resolve("servers").resolve("wiring"));
        copy(installation.config(), server);
        copy(installation.driver(), Files.createDirectories(server.resolve("jdbc")));
        Files.createDirectories(server.resolve("apps"));
        Files.writeString(
                server.resolve("server.xml"),
                serverXml(
                        Files.readString(installation.config().resolve("server.xml")),
                        LocalEnvironment.of(ports, secrets, installation.config(), data, Optional.of(database))));
        System.setProperty("wiring.usrDir", usr.toString());
        System.setProperty("wiring.httpPort", String.valueOf(ports.web()));
    }

    /** The product's own, but for the application, which Arquillian adds, and settings as variables. */
    private static String serverXml(String product, Map<String, String> settings) {
        String variables = settings.entrySet().stream()
                .map(setting -> "<variable name=\"" + setting.getKey() + "\" value=\"" + setting.getValue() + "\"/>\n")
                .collect(Collectors.joining());
        return product.replaceAll("(?s)<webApplication .*?</webApplication>", "")
                // Arquillian deploys by changing the configuration of the running server.
                .replace("<config updateTrigger=\"disabled\"/>", "")
                .replace("</featureManager>", "<feature>localConnector-1.0</feature>\n</featureManager>")
                .replace("</server>", variables + "</server>");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
