package dev.throughline.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@link BrowserFinder} asks of the machine that the tests run on. */
interface Machine {

    /** A variable of the environment that is set and not empty. */
    Optional<String> variable(String name);

    /** A program that the search path knows by this name. */
    Optional<Path> onSearchPath(String name);

    /** Whether this is a browser that starts; packages exist that only say where to get one. */
    boolean answers(Path browser);

    /** Whether packages of the system may be installed without asking. */
    boolean isRoot();

    /**
     * Runs a program to its end, with its output in ours.
     *
     * @return whether it ended well
     */
    boolean run(List<String> command);

    /** Lets Playwright download its own Chromium, where that is possible. */
    Optional<Path> downloadByPlaywright();

    /** Tells whoever waits what takes so long. */
    void say(String progress);
}
