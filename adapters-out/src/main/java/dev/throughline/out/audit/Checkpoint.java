package dev.throughline.out.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the holder of the key says of the first records of the log, as a signed note (C2SP tlog-checkpoint).
 *
 * @param size how many records there are
 * @param root the root of their Merkle tree
 * @param chain the last link of their chain
 * @param at when it was said, as the note has it
 * @param note the whole note
 */
public record Checkpoint(long size, byte[] root, byte[] chain, String at, String note) {
    private static final String HASH = "([A-Za-z0-9+/]{43}=)";
    private static final Pattern FORM = Pattern.compile("((throughline-audit/[0-9a-f-]{36})\\n(0|[1-9][0-9]{0,17})\\n"
            + HASH + "\\nchain " + HASH + "\\nat ([0-9TZ:.-]{20,30})\\n)\\n\u2014 (\\S+) ([A-Za-z0-9+/]{91}=)\\n");

    /** Signs what a log has come to. */
    public static Checkpoint sign(LogKey key, Frontier tree, byte[] chain, Instant at) {
        byte[] root = tree.root();
        String moment = Moments.text(at);
        String text = key.name() + "\n" + tree.size() + "\n" + base64(root) + "\nchain " + base64(chain) + "\nat "
                + moment + "\n";
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] signed = Arrays.copyOf(key.id(), LogKey.ID_LENGTH + LogKey.SIGNATURE_LENGTH);
        System.arraycopy(signature, 0, signed, LogKey.ID_LENGTH, LogKey.SIGNATURE_LENGTH);
        String note = text + "\n\u2014 " + key.name() + " " + base64(signed) + "\n";
        return new Checkpoint(tree.size(), root, chain.clone(), moment, note);
    }

    /** What a note says; empty if this key has not signed it. */
    public static Optional<Checkpoint> open(LogKey key, String note) {
        Matcher parts = FORM.matcher(note);
        if (!parts.matches()
                || !parts.group(2).equals(key.name())
                || !parts.group(7).equals(key.name())) {
            return Optional.empty();
        }
        byte[] root = Base64.getDecoder().decode(parts.group(4));
        byte[] chain = Base64.getDecoder().decode(parts.group(5));
        byte[] signed = Base64.getDecoder().decode(parts.group(8));
        if (!base64(signed).equals(parts.group(8))) {
            // The last character of the text has bits of which nothing is made.
            return Optional.empty();
        }
        boolean ours = Arrays.equals(Arrays.copyOf(signed, LogKey.ID_LENGTH), key.id())
                && key.signed(
                        parts.group(1).getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOfRange(signed, LogKey.ID_LENGTH, signed.length));
        return ours
                ? Optional.of(new Checkpoint(Long.parseLong(parts.group(3)), root, chain, parts.group(6), note))
                : Optional.empty();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
