package dev.throughline.verifier;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the holder of the key says of the first records of the log: their number, the root of their Merkle tree, the
 * last link of their chain, and when it said so.
 *
 * @param size how many records there are
 * @param root of the Merkle tree over them
 * @param chain link of the last of them
 * @param at when this was signed
 * @param note the whole signed note
 */
record Checkpoint(long size, byte[] root, byte[] chain, String at, String note) {
    static final String NAME = "throughline-audit/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private static final int KEY_ID_LENGTH = 4;
    private static final int SIGNATURE_LENGTH = 64;
    private static final String HASH = "([A-Za-z0-9+/]{43}=)";
    private static final Pattern FORM = Pattern.compile("((" + NAME + ")\\n(0|[1-9][0-9]{0,17})\\n" + HASH + "\\nchain "
            + HASH + "\\nat ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?Z)\\n)"
            + "\\n\u2014 (" + NAME + ") ([A-Za-z0-9+/]{91}=)\\n");

    /** Reads a note that this key has signed. */
    static Checkpoint open(String note, VerifierKey key) throws BrokenLogException {
        Matcher parts = FORM.matcher(note);
        if (!parts.matches()) {
            throw malformed();
        }
        byte[] root = part(parts.group(4), Sha256.LENGTH);
        byte[] chain = part(parts.group(5), Sha256.LENGTH);
        byte[] signature = part(parts.group(8), KEY_ID_LENGTH + SIGNATURE_LENGTH);
        requireSigner(parts.group(2), parts.group(7), signature, key);
        if (!key.signed(
                parts.group(1).getBytes(StandardCharsets.UTF_8),
                Arrays.copyOfRange(signature, KEY_ID_LENGTH, signature.length))) {
            throw new BrokenLogException(
                    Fault.NOT_SIGNED,
                    "the checkpoint is not as it was signed: it was changed or made by somebody else");
        }
        return new Checkpoint(Long.parseLong(parts.group(3)), root, chain, parts.group(6), note);
    }

    private static void requireSigner(String name, String signer, byte[] signature, VerifierKey key)
            throws BrokenLogException {
        String id = HexFormat.of().formatHex(signature, 0, KEY_ID_LENGTH);
        if (!name.equals(key.name()) || !signer.equals(key.name()) || !id.equals(key.id())) {
            throw new BrokenLogException(
                    Fault.OTHER_KEY,
                    "the checkpoint is of " + name + ", signed by " + signer + "+" + id + ", and not by the key given, "
                            + key.name() + "+" + key.id());
        }
    }

    private static byte[] part(String base64, int length) throws BrokenLogException {
        Optional<byte[]> bytes = StrictBase64.decoded(base64, length);
        return bytes.orElseThrow(Checkpoint::malformed);
    }

    private static BrokenLogException malformed() {
        return new BrokenLogException(Fault.FORM, "what stands here in place of a checkpoint is none");
    }
}
