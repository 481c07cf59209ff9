package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DamagedSnapshotTest {
    private static final TableLimits LIMITS = TableLimits.ofCalls(1_000);

    @Test
    void shouldRefuseEveryFlippedByteAndEveryEarlyEnd() throws Exception {
        final OracleTable oracle = new OracleTable(4);
        oracle.run(400, 1_000, 1_000);
        final byte[] whole = OracleTable.bytes(oracle.table);
        assertTrue(whole.length > 2_000);
        for (int at = 0; at < whole.length; at++) {
            final byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            refused(flipped);
            if (at % 16 == 0) {
                refused(Arrays.copyOf(whole, at));
            }
        }
    }

    @Test
    void shouldReadFromASourceThatGivesLittle() throws Exception {
        final OracleTable oracle = new OracleTable(5);
        oracle.run(3_000, 10_000, 10_000);
        final byte[] whole = OracleTable.bytes(oracle.table);
        final ByteArrayInputStream in = new ByteArrayInputStream(whole);
        final CallTable read =
                TableSnapshot.read((to, at, length) -> in.read(to, at, Math.min(length, 7)), LIMITS, CallWatcher.NONE);
        assertArrayEquals(whole, OracleTable.bytes(read));
        assertEquals(oracle.table.sequence(), read.sequence());
    }

    @Test
    void shouldRefuseWhatIsTooMuch() {
        final CallTable table = new CallTable(LIMITS, CallWatcher.NONE);
        final CallEvent event = new CallEvent();
        for (int i = 1; i <= 100; i++) {
            table.apply(event.begin(CallEventKind.BORN, i, i).text(CallText.CALL, "call" + i));
        }
        final byte[] bytes = OracleTable.bytes(table);
        final var refused = assertThrows(
                DamagedSnapshotException.class,
                () -> TableSnapshot.read(
                        new ByteArrayInputStream(bytes)::read, TableLimits.ofCalls(99), CallWatcher.NONE));
        assertEquals(
                "the snapshot of the calls cannot be used: it holds more than the limits allow", refused.getMessage());
    }

    @Test
    void shouldReadOneOfTheVersionBefore() throws Exception {
        final CallTable table = new CallTable(LIMITS, CallWatcher.NONE);
        final CallEvent event = new CallEvent();
        table.apply(event.begin(CallEventKind.BORN, 1, 1).text(CallText.CALL, "call"));
        table.apply(event.begin(CallEventKind.AGENT_READY, 2, 2)
                .text(CallText.AGENT, "4006")
                .text(CallText.QUEUE, "sales"));
        final byte[] now = OracleTable.bytes(table);
        final CallTable read =
                TableSnapshot.read(new ByteArrayInputStream(version(2, now))::read, LIMITS, CallWatcher.NONE);
        assertArrayEquals(now, OracleTable.bytes(read));
        refused(version(1, now));
        refused(version(4, now));
    }

    /** As it was: no list beside the state of the only agent, which is followed by two numbers, a long, and two ends. One block. */
    private static byte[] version(int version, byte[] now) {
        final int end = now.length - 8 - 4; // the empty block, the checksum of the first
        final int list = end - 2 - 4 - 4 - 8 - 1;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final BlockWriter<RuntimeException> blocks = new BlockWriter<>(out::write);
        final int before = BlockWriter.HEAD_BYTES + 8;
        for (int at = BlockWriter.HEAD_BYTES; at < before; at++) {
            blocks.byteOf(now[at]);
        }
        blocks.intOf(version);
        for (int at = before + 4; at < end; at++) {
            if (at != list) {
                blocks.byteOf(now[at]);
            }
        }
        blocks.end();
        return out.toByteArray();
    }

    private static void refused(byte[] bytes) {
        assertThrows(
                DamagedSnapshotException.class,
                () -> TableSnapshot.read(new ByteArrayInputStream(bytes)::read, LIMITS, CallWatcher.NONE));
    }
}
