package dev.throughline.out.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontierTest {
    /** The leaves that Certificate Transparency's own tests use, and the roots of the first so many of them. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void the_roots_are_those_that_certificate_transparency_knows() throws Exception {
        Frontier tree = new Frontier();

        for (int size = 0; size <= LEAVES.size(); size++) {
            assertEquals(ROOTS.get(size), HexFormat.of().formatHex(tree.root()), size + " leaves");
            if (size < LEAVES.size()) {
                tree.add(leaf(HexFormat.of().parseHex(LEAVES.get(size))));
            }
        }
    }

    @Test
    void a_tree_that_is_gone_on_with_is_the_same_as_one_that_never_stopped() {
        Frontier whole = new Frontier();
        Frontier resumed = new Frontier();
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] leaf = Hashes.leaf("record " + i);
            leaves.add(leaf);
            whole.add(leaf);
            resumed = new Frontier(resumed.size(), resumed.state());
            resumed.add(leaf);
            assertArrayEquals(whole.root(), resumed.root());
            assertArrayEquals(recursive(leaves), whole.root());
        }
    }

    @Test
    void what_cannot_be_the_state_of_a_tree_is_none() {
        assertThrows(IllegalArgumentException.class, () -> new Frontier(3, new byte[Hashes.LENGTH]));
        assertThrows(IllegalArgumentException.class, () -> new Frontier(-1, new byte[0]));
        assertEquals(3, new Frontier(3, new byte[2 * Hashes.LENGTH]).size());
    }

    private static byte[] leaf(byte[] data) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) 0);
        return digest.digest(data);
    }

    /** As RFC 6962 section 2.1 defines it. */
    private static byte[] recursive(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        return Hashes.node(recursive(leaves.subList(0, left)), recursive(leaves.subList(left, leaves.size())));
    }
}
