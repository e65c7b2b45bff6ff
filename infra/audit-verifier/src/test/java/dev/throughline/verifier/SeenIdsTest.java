package dev.throughline.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeenIdsTest {
    @Test
    void ids_are_seen_once_however_many_there_are() {
        Random random = new Random(6);
        SeenIds ids = new SeenIds();
        Set<UUID> reference = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            UUID id = new UUID(0x7000L | random.nextInt(300), random.nextInt(300));
            assertEquals(
                    reference.add(id),
                    ids.add(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                    id::toString);
        }
    }

    @Test
    void ids_that_differ_in_one_bit_are_two() {
        SeenIds ids = new SeenIds();
        assertTrue(ids.add(0x7000, 0));
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertTrue(ids.add(0x7000, 1L << bit));
            assertTrue(ids.add(0x7000 ^ 1L << bit | 1L << 63, 0) || bit == 63);
        }
        assertFalse(ids.add(0x7000, 0));
    }
}
