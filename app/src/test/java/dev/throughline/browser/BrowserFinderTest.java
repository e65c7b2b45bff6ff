package dev.throughline.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrowserFinderTest {
    private final ScriptedMachine machine = new ScriptedMachine();
    private final BrowserFinder finder = new BrowserFinder(machine);

    @Test
    void the_browser_that_the_environment_names_comes_before_an_installed_one() {
        machine.install("chromium", "/usr/bin/chromium");
        machine.variables.put("CHROME_PATH", "/opt/mine");
        machine.browsers.add(Path.of("/opt/mine"));

        assertEquals(Path.of("/opt/mine"), finder.find());
    }

    @Test
    void a_named_browser_that_does_not_start_is_not_passed_over_in_silence() {
        machine.install("chromium", "/usr/bin/chromium");
        machine.variables.put("CHROME_PATH", "/opt/mine");

        NoBrowserException refusal = assertThrows(NoBrowserException.class, finder::find);
        assertTrue(refusal.getMessage().contains("CHROME_PATH names /opt/mine"), refusal.getMessage());
    }

    @Test
    void an_installed_browser_is_used_as_it_is() {
        machine.root = true;
        machine.install("apt-get", "/usr/bin/apt-get");
        machine.install("google-chrome", "/usr/bin/google-chrome");

        assertEquals(Path.of("/usr/bin/google-chrome"), finder.find());
        assertEquals(List.of(), machine.commands);
    }

    @Test
    void chromium_comes_before_chrome_and_chrome_before_edge() {
        machine.install("microsoft-edge", "/usr/bin/microsoft-edge");
        machine.install("google-chrome", "/usr/bin/google-chrome");
        machine.install("chromium", "/usr/bin/chromium");

        assertEquals(Path.of("/usr/bin/chromium"), finder.find());
        machine.browsers.remove(Path.of("/usr/bin/chromium"));
        assertEquals(Path.of("/usr/bin/google-chrome"), finder.find());
        machine.browsers.remove(Path.of("/usr/bin/google-chrome"));
        assertEquals(Path.of("/usr/bin/microsoft-edge"), finder.find());
    }

    @Test
    void an_application_of_a_mac_is_found_beside_the_search_path() {
        Path chrome = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
        machine.browsers.add(chrome);

        assertEquals(chrome, finder.find());
    }

    @Test
    void root_installs_the_package_of_the_system() {
        machine.root = true;
        machine.install("apt-get", "/usr/bin/apt-get");
        machine.onInstallation = () -> machine.install("chromium", "/usr/bin/chromium");

        assertEquals(Path.of("/usr/bin/chromium"), finder.find());
        assertEquals(
                List.of(
                        "apt-get -qq update",
                        "apt-get -qq install -y --no-install-recommends chromium fonts-dejavu-core"),
                machine.commands);
        assertEquals(1, machine.said.size());
    }

    @Test
    void a_package_that_brings_no_browser_leads_on_to_the_download() {
        machine.root = true;
        machine.install("apt-get", "/usr/bin/apt-get");
        machine.onInstallation = () -> machine.paths.put("chromium", Path.of("/usr/bin/chromium"));
        machine.download = Path.of("/cache/chrome");

        assertEquals(Path.of("/cache/chrome"), finder.find());
    }

    @Test
    void without_root_nothing_is_installed_but_the_download_is_tried() {
        machine.install("apt-get", "/usr/bin/apt-get");
        machine.download = Path.of("/cache/chrome");

        assertEquals(Path.of("/cache/chrome"), finder.find());
        assertEquals(List.of(), machine.commands);
    }

    @Test
    void without_any_browser_one_sentence_says_what_to_install() {
        NoBrowserException refusal = assertThrows(NoBrowserException.class, finder::find);

        assertEquals(
                "The browser tests need Chromium, Chrome or Edge: install one, or set CHROME_PATH to it.",
                refusal.getMessage());
    }

    /** A machine that has what the test gives it, and remembers what it was told to do. */
    private static final class ScriptedMachine implements Machine {
        final Map<String, String> variables = new HashMap<>();
        final Map<String, Path> paths = new HashMap<>();
        final Set<Path> browsers = new HashSet<>();
        final List<String> commands = new ArrayList<>();
        final List<String> said = new ArrayList<>();
        boolean root;
        Runnable onInstallation = () -> {};
        Path download;

        void install(String name, String path) {
            paths.put(name, Path.of(path));
            browsers.add(Path.of(path));
        }

        @Override
        public Optional<String> variable(String name) {
            return Optional.ofNullable(variables.get(name));
        }

        @Override
        public Optional<Path> onSearchPath(String name) {
            return Optional.ofNullable(paths.get(name));
        }

        @Override
        public boolean answers(Path browser) {
            return browsers.contains(browser);
        }

        @Override
        public boolean isRoot() {
            return root;
        }

        @Override
        public boolean run(List<String> command) {
            commands.add(String.join(" ", command));
            if (command.contains("install")) {
                onInstallation.run();
            }
            return true;
        }

        @Override
        public Optional<Path> downloadByPlaywright() {
            return Optional.ofNullable(download);
        }

        @Override
        public void say(String progress) {
            said.add(progress);
        }
    }
}
