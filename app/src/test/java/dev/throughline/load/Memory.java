package dev.throughline.load;

import dev.throughline.local.run.LocalStack;
import java.nio.charset.StandardCharsets;

/** What a server's process holds of the machine's memory. */
final class Memory {
    private Memory() {}

    static long residentMiB(LocalStack stack) throws Exception {
        Process ps = new ProcessBuilder(
                        "ps",
                        "-o",
                        "rss=",
                        "-p",
                        Long.toString(stack.server().handle().pid()))
                .redirectErrorStream(true)
                .start();
        String kib = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        ps.waitFor();
        return Long.parseLong(kib) / 1024;
    }
}
