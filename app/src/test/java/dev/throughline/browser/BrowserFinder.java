package dev.throughline.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a Chromium, or gets one, so that a fresh machine needs no preparation: the one that {@code CHROME_PATH} names,
 * else one that is installed, else the system's package, else Playwright's own download.
 */
final class BrowserFinder {
    private static final List<String> COMMANDS = List.of(
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
            "microsoft-edge",
            "microsoft-edge-stable");
    private static final List<Path> MAC_APPLICATIONS = List.of(
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
            Path.of("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"));

    private final Machine machine;

    BrowserFinder(Machine machine) {
        this.machine = machine;
    }

    /**
     * The browser's program.
     *
     * @throws NoBrowserException if there is none and none can be had
     */
    Path find() {
        Optional<String> named = machine.variable("CHROME_PATH");
        if (named.isPresent()) {
            return theOneNamed(Path.of(named.get()));
        }
        return installed()
                .or(this::fromPackages)
                .or(machine::downloadByPlaywright)
                .orElseThrow(() -> new NoBrowserException(
                        "The browser tests need Chromium, Chrome or Edge: install one, or set CHROME_PATH to it."));
    }

    private Path theOneNamed(Path browser) {
        if (!machine.answers(browser)) {
            throw new NoBrowserException("CHROME_PATH names " + browser + ", which is not a browser that starts.");
        }
        return browser;
    }

    private Optional<Path> installed() {
        Stream<Path> commands = COMMANDS.stream().map(machine::onSearchPath).flatMap(Optional::stream);
        return Stream.concat(commands, MAC_APPLICATIONS.stream())
                .filter(machine::answers)
                .findFirst();
    }

    /** Debian's package is a browser; Ubuntu's of the same name is not, which is why it is asked afterwards. */
    private Optional<Path> fromPackages() {
        if (!machine.isRoot() || machine.onSearchPath("apt-get").isEmpty()) {
            return Optional.empty();
        }
        machine.say("Installing Chromium for the browser tests, once");
        machine.run(List.of("apt-get", "-qq", "update"));
        machine.run(
                List.of("apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"));
        return installed();
    }
}
