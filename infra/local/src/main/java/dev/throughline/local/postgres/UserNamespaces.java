package dev.throughline.local.postgres;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** PostgreSQL refuses to run as root; in a user namespace of its own it does not notice. */
final class UserNamespaces {
    private UserNamespaces() {}

    static void require() {
        if ("root".equals(System.getProperty("user.name")) && !allowed()) {
            throw new CannotStartException("PostgreSQL does not run as root and this system forbids user namespaces:"
                    + " run as an ordinary user, or set DB_URL to a PostgreSQL of yours.");
        }
    }

    private static boolean allowed() {
        try {
            Process process = new ProcessBuilder("unshare", "-U", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
