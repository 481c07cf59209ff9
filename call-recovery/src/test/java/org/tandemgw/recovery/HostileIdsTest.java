package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody picks ids so that they meet in one place of the tables. */
class HostileIdsTest {
    private static final int IDS = 1 << 14;

    private final CallEvent event = new CallEvent();

    @Test
    void shouldSpreadIdsThatAFixedMixingWouldPutInOnePlace() {
        for (long seed = 1; seed <= 3; seed++) {
            // Differences in highest bits, that a multiplication by an odd number passes on to where the next word
            // takes them back.
            spread(seed, HostileIdsTest::chosen);
            // As they come from an Asterisk, and numbers in either half of a word.
            spread(seed, i -> ("1732233600." + i).getBytes(StandardCharsets.US_ASCII));
            spread(seed, i -> ByteBuffer.allocate(8).putInt(i).array());
            spread(seed, i -> ByteBuffer.allocate(8).putInt(4, i).array());
            spread(seed, i -> ByteBuffer.allocate(32).putInt(8, i).putInt(24, i).array());
        }
    }

    @Test
    void shouldHashWithKeysOfItsOwnInEachTable() {
        event.begin(CallEventKind.BORN, 1, 1).text(CallText.CALL, "1732233600.1");
        final Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            hashes.add(TextHash.secret().of(event, CallText.CALL, 0));
        }
        assertTrue(hashes.size() > 8, "the keys can be known");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldStopLoudlyWhenARowIsTakenOutTwice() {
        final Slab rows = new Slab(1, 10);
        final RowIndex index = new RowIndex(rows, 0);
        final int row = rows.take();
        index.add(row, 7);
        index.remove(row);
        assertThrows(IllegalStateException.class, () -> index.remove(row));
    }

    @Test
    void shouldFindWhatMeetsInOnePlace() {
        final Slab rows = new Slab(1, 3_000);
        final RowIndex index = new RowIndex(rows, 0);
        final Set<Integer> there = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            final int row = rows.take();
            index.add(row, i % 3 << 26 | (i & 1) * 0xFF_FFFF); // two homes, three tags, and around the end
            there.add(row);
        }
        for (int row = 1; row <= 2_000; row += 2) {
            index.remove(row);
            there.remove(row);
        }
        final Set<Integer> found = new HashSet<>();
        for (int home = 0; home < 2; home++) {
            for (int tag = 0; tag < 3; tag++) {
                final int hash = tag << 26 | home * 0xFF_FFFF;
                for (int at = index.first(hash); index.row(at) != 0; at = index.next(at)) {
                    if (index.perhaps(at, hash) && rows.low(index.row(at), 0) == hash) {
                        assertTrue(found.add(index.row(at)));
                    }
                }
            }
        }
        assertEquals(there, found);
    }

    private void spread(long seed, IntFunction<byte[]> ids) {
        final TextHash hash = new TextHash(seed);
        final Set<Integer> hashes = new HashSet<>();
        final int[] homes = new int[IDS];
        int most = 0;
        for (int i = 0; i < IDS; i++) {
            final byte[] id = ids.apply(i);
            event.begin(CallEventKind.BORN, 1, 1).text(CallText.CALL, id, 0, id.length);
            final int of = hash.of(event, CallText.CALL, 0);
            hashes.add(of);
            most = Math.max(most, ++homes[of & IDS - 1]);
        }
        assertTrue(hashes.size() > IDS - 10, () -> "seed " + seed + ": " + (IDS - hashes.size()) + " ids share a hash");
        assertTrue(most < 40, "seed " + seed + ": " + most + " ids have one home");
    }

    /** Fourteen pairs of words, in each of which two differences cancel out or are not there. */
    private static byte[] chosen(int number) {
        final ByteBuffer id = ByteBuffer.allocate(28 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int pair = 0; pair < 14; pair++) {
            final boolean differs = (number >> pair & 1) != 0;
            id.putLong(differs ? 1L << 63 : 0).putLong(differs ? 1L << 63 | 1L << 34 : 0);
        }
        return id.array();
    }
}
