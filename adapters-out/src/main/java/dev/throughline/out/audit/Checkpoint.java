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
    private static final Pattern FORM = Pattern.compile("((\\S+)\\n(0|[1-9][0-9]{0,17})\\n" + HASH + "\\nchain " + HASH
            + "\\nat ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z)\\n)"
            + "\\n\u2014 (\\S+) ([A-Za-z0-9+/]{91}=)\\n");

    /** Signs what a log has come to. */
    public static Checkpoint sign(LogKey key, Frontier tree, byte[] chain, Instant at) {
        byte[] root = tree.root();
        String moment = Moments.text(at);
        String text = text(key, tree.size(), root, chain, moment);
        return new Checkpoint(tree.size(), root, chain.clone(), moment, note(key, text, key.sign(bytes(text))));
    }

    /** What a note says; empty if this key has not signed it, or not in this spelling. */
    public static Optional<Checkpoint> open(LogKey key, String note) {
        Matcher parts = FORM.matcher(note);
        if (!parts.matches()) {
            return Optional.empty();
        }
        byte[] signed = decoded(parts.group(8));
        byte[] signature = Arrays.copyOfRange(signed, LogKey.ID_LENGTH, signed.length);
        Checkpoint read = new Checkpoint(
                Long.parseLong(parts.group(3)), decoded(parts.group(4)), decoded(parts.group(5)), parts.group(6), note);
        String text = text(key, read.size, read.root, read.chain, read.at);
        return Optional.of(read)
                .filter(spelt -> note(key, text, signature).equals(note))
                .filter(ours -> key.signed(bytes(text), signature))
                .filter(said -> Moments.isOne(said.at));
    }

    /** When it was said. */
    public Instant moment() {
        return Instant.parse(at);
    }

    /** The note as a string of JSON: nothing but its newlines needs to be escaped. */
    public String quoted() {
        return '"' + note.replace("\n", "\\n") + '"';
    }

    private static String text(LogKey key, long size, byte[] root, byte[] chain, String at) {
        return key.name() + "\n" + size + "\n" + encoded(root) + "\nchain " + encoded(chain) + "\nat " + at + "\n";
    }

    private static String note(LogKey key, String text, byte[] signature) {
        byte[] signed = Arrays.copyOf(key.id(), LogKey.ID_LENGTH + signature.length);
        System.arraycopy(signature, 0, signed, LogKey.ID_LENGTH, signature.length);
        return text + "\n\u2014 " + key.name() + " " + encoded(signed) + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }

    @Override
    public String toString() {
        return note;
    }
}
