package dev.throughline.verifier;

/**
 * The body of a record: one JSON object without white space, in ASCII, of the documented fields in their order and of
 * no others. Only its form is looked at, and its id is taken from it; what it tells is for people to judge.
 */
final class RecordBody {
    private static final byte[] TRUE = Cursor.literal("true");

    private final byte[] bytes;
    private final int to;
    private final long seq;
    private int at;
    private long idHigh;
    private long idLow;

    private RecordBody(byte[] bytes, int from, int to, long seq) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
        this.seq = seq;
    }

    static RecordBody read(byte[] bytes, int from, int to, long seq) throws BrokenLogException {
        RecordBody body = new RecordBody(bytes, from, to, seq);
        body.object();
        return body;
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    private void object() throws BrokenLogException {
        require('{');
        int field = -1;
        int required = 0;
        do {
            field = fieldAfter(field);
            require(':');
            value(RecordField.at(field));
            required += RecordField.at(field).required() ? 1 : 0;
        } while (skip(','));
        require('}');
        if (at != to || required < RecordField.REQUIRED) {
            throw none();
        }
    }

    private int fieldAfter(int last) throws BrokenLogException {
        require('"');
        int begin = at;
        string();
        int field = RecordField.after(last, bytes, begin, at - 1);
        if (field < 0) {
            throw none();
        }
        return field;
    }

    private void value(RecordField field) throws BrokenLogException {
        switch (field.kind()) {
            case ID -> id();
            case INSTANT -> instant();
            case NUMBER -> number();
            case TRUE -> literal(TRUE);
            case TEXT -> text();
        }
    }

    private void text() throws BrokenLogException {
        require('"');
        string();
    }

    /** The rest of a string and the quote that ends it. */
    private void string() throws BrokenLogException {
        plain();
        while (!skip('"')) {
            require('\\');
            escape();
            plain();
        }
    }

    /** Letters that stand for themselves, which nearly all do. */
    private void plain() {
        int next = at;
        while (next < to && isPlain(bytes[next])) {
            next++;
        }
        at = next;
    }

    private static boolean isPlain(byte letter) {
        return letter >= ' ' && letter != '"' && letter != '\\' && letter != 0x7f;
    }

    private void escape() throws BrokenLogException {
        byte letter = at < to ? bytes[at++] : 0;
        switch (letter) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {}
            case 'u' -> {
                for (int i = 0; i < 4; i++) {
                    hexDigit();
                }
            }
            default -> throw none();
        }
    }

    private void number() throws BrokenLogException {
        Cursor cursor = new Cursor(bytes, at, to);
        if (cursor.number() == Cursor.NO_NUMBER) {
            throw none();
        }
        at = cursor.position();
    }

    private void literal(byte[] literal) throws BrokenLogException {
        for (byte letter : literal) {
            require(letter);
        }
    }

    /** {@code 2026-11-26T12:00:00.123456Z}. */
    private void instant() throws BrokenLogException {
        require('"');
        for (byte letter : RecordField.INSTANT_FORM) {
            if (letter == '0') {
                decimalDigit();
            } else {
                require(letter);
            }
        }
        require('"');
    }

    /** A UUID of version 7. */
    private void id() throws BrokenLogException {
        require('"');
        idHigh = hex(8) << 32;
        require('-');
        idHigh |= hex(4) << 16;
        require('-');
        idHigh |= hex(4);
        require('-');
        idLow = hex(4) << 48;
        require('-');
        idLow |= hex(12);
        require('"');
        if ((idHigh >>> 12 & 0xf) != 7 || idLow >>> 62 != 2) {
            throw none();
        }
    }

    private long hex(int digits) throws BrokenLogException {
        long number = 0;
        for (int i = 0; i < digits; i++) {
            byte letter = at < to ? bytes[at++] : 0;
            if (letter >= 'A' && letter <= 'F') {
                throw none();
            }
            number = number << 4 | digit(letter);
        }
        return number;
    }

    private void hexDigit() throws BrokenLogException {
        digit(at < to ? bytes[at++] : 0);
    }

    private int digit(byte letter) throws BrokenLogException {
        int digit = letter < 0 ? -1 : Character.digit((char) letter, 16);
        if (digit < 0) {
            throw none();
        }
        return digit;
    }

    private void decimalDigit() throws BrokenLogException {
        byte letter = at < to ? bytes[at++] : 0;
        if (letter < '0' || letter > '9') {
            throw none();
        }
    }

    private void require(int letter) throws BrokenLogException {
        if (!skip(letter)) {
            throw none();
        }
    }

    private boolean skip(int letter) {
        boolean there = at < to && bytes[at] == letter;
        at += there ? 1 : 0;
        return there;
    }

    private BrokenLogException none() {
        return new BrokenLogException(
                Fault.NO_RECORD,
                "record " + Count.of(seq) + " is as it was sealed, but it has not the form that records have");
    }
}
