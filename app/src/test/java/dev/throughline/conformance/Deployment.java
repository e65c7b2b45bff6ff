package dev.throughline.conformance;

import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import dev.throughline.e2e.SignIn;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LocalStack;
import dev.throughline.local.run.Progress;
import java.nio.file.Path;
import java.util.Map;

/**
 * The product with the fixtures on it, on a stack of its own, behind the forwarder: what the suite is run against. The
 * forwarder's address is the one that clients see, as that of a gateway would be. Each request comes from Vic, through
 * the desktop client, with a token that allows to read.
 */
final class Deployment implements AutoCloseable {
    private final TokenForwarder forwarder;
    private final LocalStack stack;

    private Deployment(TokenForwarder forwarder, LocalStack stack) {
        this.forwarder = forwarder;
        this.stack = stack;
    }

    static Deployment start() {
        TokenForwarder forwarder = TokenForwarder.listening();
        try {
            LocalStack stack = stack(forwarder.port()).start();
            String token = new SignIn(stack.ports()).desktopToken(Person.VIC, "Orders.Read");
            forwarder.forward(stack.ports().web(), token);
            return new Deployment(forwarder, stack);
        } catch (RuntimeException e) {
            forwarder.close();
            throw e;
        }
    }

    private static LocalStack stack(int port) {
        Path folder = Running.emptyFolder("conformance");
        Installation product = Installation.fromSystemProperties();
        Path war = FixtureWar.from(product.war(), folder.resolve("throughline.war"));
        return LocalStack.of(
                new Installation(product.liberty(), product.config(), product.driver(), war),
                LocalPorts.free(),
                folder,
                Map.of("PUBLIC_URL", address(port)),
                Progress.to(System.out));
    }

    private static String address(int port) {
        return "http://localhost:" + port;
    }

    /** The endpoint as the suite is told of it. */
    String endpoint() {
        return address(forwarder.port()) + "/api/v1/mcp";
    }

    /** The same endpoint without the forwarder: whoever calls it must bring a token. */
    String securedEndpoint() {
        return stack.web() + "api/v1/mcp";
    }

    @Override
    public void close() {
        stack.close();
        forwarder.close();
    }
}
