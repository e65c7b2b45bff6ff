package dev.throughline.load;

import dev.throughline.local.run.LocalStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server's process holds of the machine's memory. */
final class Memory {
    private static final Pattern USED = Pattern.compile("generation +total \\d+K, used (\\d+)K");

    private Memory() {}

    static long residentMiB(LocalStack stack) throws Exception {
        return Long.parseLong(output("ps", "-o", "rss=", "-p", pid(stack)).strip()) / 1024;
    }

    /** What is still in use after a full collection: what has been forgotten does not count, what leaks does. */
    static long liveHeapMiB(LocalStack stack) throws Exception {
        jcmd(stack, "GC.run");
        Matcher used = USED.matcher(jcmd(stack, "GC.heap_info"));
        long kib = 0;
        while (used.find()) {
            kib += Long.parseLong(used.group(1));
        }
        return kib / 1024;
    }

    private static String jcmd(LocalStack stack, String command) throws Exception {
        return output(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), pid(stack), command);
    }

    private static String pid(LocalStack stack) {
        return Long.toString(stack.server().handle().pid());
    }

    private static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }
}
