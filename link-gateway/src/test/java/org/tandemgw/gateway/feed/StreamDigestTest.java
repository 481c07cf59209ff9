package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StreamDigestTest {
    @Test
    void shouldChainBlocksOfAThousandChecksums() throws Exception {
        final StreamDigest digest = new StreamDigest();
        digest.begin(0, null);
        for (int i = 1; i <= 2_500; i++) {
            digest.add(i * 7);
        }
        assertEquals(2_000, digest.through());
        final MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] expected = new byte[32];
        for (int block = 0; block < 2; block++) {
            final ByteBuffer input = ByteBuffer.allocate(32 + 4_000).put(expected);
            for (int i = 1; i <= 1_000; i++) {
                input.putInt((block * 1_000 + i) * 7);
            }
            expected = sha.digest(input.array());
        }
        assertEquals(HexFormat.of().formatHex(expected), digest.hex());
    }

    @Test
    void shouldGoOnFromAValueGivenAtABoundary() {
        final StreamDigest whole = new StreamDigest();
        whole.begin(0, null);
        final StreamDigest late = new StreamDigest();
        late.begin(499, null);
        for (int i = 1; i <= 3_000; i++) {
            whole.add(i);
            if (i >= 500 && late.add(i) && late.through() < 0) {
                late.know(whole.hex());
            }
        }
        assertEquals(whole.hex(), late.hex());
        assertEquals(3_000, late.through());
    }

    @Test
    void shouldKnowNothingWithoutAValueToBeginWith() {
        final StreamDigest digest = new StreamDigest();
        digest.begin(1_000, null);
        for (int i = 0; i < 1_000; i++) {
            digest.add(i);
        }
        assertEquals(-1, digest.through());
        assertNull(digest.hex());
        digest.add(1);
        assertThrows(IllegalStateException.class, () -> digest.know("00"));
    }
}
