package dev.throughline.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 4_096, 1 << 20})
    void lines_are_the_same_whatever_pieces_they_come_in(int piece) throws Exception {
        List<String> written = IntStream.range(0, 400)
                .mapToObj(i -> "x".repeat(i % 7 == 0 ? i * 100 : i))
                .toList();

        List<String> read = all(new Lines(new InPieces(String.join("\n", written) + "\n", piece)));

        assertEquals(written.stream().map(line -> line + "\n").toList(), read);
    }

    @Test
    void a_line_that_does_not_end_says_so() throws Exception {
        assertEquals(List.of("a\n", "\n", "b"), all(new Lines(new InPieces("a\n\nb", 1))));
        assertEquals(List.of("a\n", "\n", "b\n"), all(new Lines(new InPieces("a\n\nb\n", 1))));
    }

    @Test
    void a_line_without_end_is_refused_before_it_fills_the_memory() throws Exception {
        Lines bounded = new Lines(new InPieces("x".repeat(Lines.MAX_LENGTH) + "\n", 1 << 20));
        Lines endless = new Lines(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        });

        assertEquals(1, all(bounded).size());
        BrokenLogException refused = assertThrows(BrokenLogException.class, endless::next);
        assertEquals(Fault.FORM, refused.fault());
    }

    private static List<String> all(Lines lines) throws IOException, BrokenLogException {
        List<String> all = new ArrayList<>();
        for (Optional<Line> next = lines.next(); next.isPresent(); next = lines.next()) {
            Line line = next.get();
            all.add(new String(line.bytes(), line.from(), line.to() - line.from(), StandardCharsets.US_ASCII)
                    + (line.ended() ? "\n" : ""));
            assertEquals(all.size(), lines.number());
        }
        return all;
    }

    private static final class InPieces extends ByteArrayInputStream {
        private final int piece;

        InPieces(String text, int piece) {
            super(text.getBytes(StandardCharsets.US_ASCII));
            this.piece = piece;
        }

        @Override
        public synchronized int read(byte[] bytes, int from, int length) {
            return super.read(bytes, from, Math.min(length, piece));
        }
    }
}
