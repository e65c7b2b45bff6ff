package dev.throughline.verifier;

import java.security.SecureRandom;

/**
 * The ids of the records so far: the one thing that is kept of each, 16 bytes in a table that is at most three quarters
 * full.
 */
final class SeenIds {
    private final long spread = new SecureRandom().nextLong() | 1;
    private long[] table = new long[2 * 1024];
    private int count;

    /** Whether this id is new. */
    boolean add(long high, long low) {
        if (4L * 2 * count >= 3L * table.length) {
            grow();
        }
        boolean isNew = put(high, low);
        count += isNew ? 1 : 0;
        return isNew;
    }

    /** An empty place holds zeros, which no id does: it names its version. */
    private boolean put(long high, long low) {
        int mask = table.length / 2 - 1;
        int place = (int) (((high ^ Long.rotateLeft(low, 32)) * spread >>> 32) ^ low * spread >>> 40) & mask;
        while (table[2 * place] != 0) {
            if (table[2 * place] == high && table[2 * place + 1] == low) {
                return false;
            }
            place = place + 1 & mask;
        }
        table[2 * place] = high;
        table[2 * place + 1] = low;
        return true;
    }

    private void grow() {
        long[] old = table;
        table = new long[Math.multiplyExact(2, old.length)];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                put(old[i], old[i + 1]);
            }
        }
    }
}
