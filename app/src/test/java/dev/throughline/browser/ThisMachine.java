package dev.throughline.browser;

import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine itself. */
final class ThisMachine implements Machine {
    private static final long MINUTES_FOR_AN_INSTALLATION = 10;

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(Predicate.not(String::isBlank));
    }

    @Override
    public Optional<Path> onSearchPath(String name) {
        return Stream.of(variable("PATH").orElse("").split(Pattern.quote(File.pathSeparator)))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public boolean answers(Path browser) {
        return Files.isExecutable(browser)
                && ended(new ProcessBuilder(browser.toString(), "--version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    @Override
    public boolean isRoot() {
        try {
            Process id = new ProcessBuilder("id", "-u").start();
            return new String(id.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                    .strip()
                    .equals("0");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean run(List<String> command) {
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().put("DEBIAN_FRONTEND", "noninteractive");
        // The output of a forked test belongs to Maven's own protocol: a child must not write into it.
        process.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        return ended(process);
    }

    @Override
    public Optional<Path> downloadByPlaywright() {
        say("Downloading Chromium for the browser tests, once");
        run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.microsoft.playwright.CLI",
                "install",
                "chromium"));
        try (Playwright playwright = Playwright.create(Chromium.withoutDownloads())) {
            return Optional.of(Path.of(playwright.chromium().executablePath())).filter(this::answers);
        }
    }

    @Override
    public void say(String progress) {
        System.out.println("  ...    " + progress + " (details in " + logFile() + ")");
    }

    private static Path logFile() {
        return Path.of(System.getProperty("throughline.output", "target"), "browser-installation.log");
    }

    private static boolean ended(ProcessBuilder builder) {
        builder.redirectInput(ProcessBuilder.Redirect.from(new File(isWindows() ? "NUL" : "/dev/null")));
        builder.environment().remove("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD");
        try {
            Process process = builder.start();
            if (process.waitFor(MINUTES_FOR_AN_INSTALLATION, TimeUnit.MINUTES)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
