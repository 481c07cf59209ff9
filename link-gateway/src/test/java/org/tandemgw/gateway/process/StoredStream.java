package org.tandemgw.gateway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordJson;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.journal.StoredJournal;

/** What lies in the journal of a site's only ACD, compared with what its servers were told. */
final class StoredStream {
    private StoredStream() {}

    /**
     * What was found between two sequences.
     *
     * @param lateGaps gaps behind the first frame
     */
    record Found(long last, long frames, long gaps, long lateGaps, long discontinuities) {}

    /**
     * Reads the records from {@code from} to the end: all there, none damaged, each as the servers were told, and each gap
     * no longer than from the arrival of the frame before it to that of the frame behind it.
     */
    static Found read(Path data, long from, RememberingServer... servers) throws IOException {
        final long[][] told = new long[servers.length][];
        for (int i = 0; i < servers.length; i++) {
            told[i] = servers[i].digests();
        }
        try {
            return read(data, from, told);
        } catch (ToldOtherwise e) {
            throw new AssertionError(
                    e.getMessage() + "; " + servers[e.server].note(e.sequence) + ", and has "
                            + servers[e.server].last(),
                    e);
        }
    }

    /** The same; each of {@code told} has the digest of record n at n. */
    static Found read(Path data, long from, long[]... told) throws IOException {
        final JournalRecord record = new JournalRecord();
        long frames = 0;
        long gaps = 0;
        long lateGaps = 0;
        long discontinuities = 0;
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                JournalReader reader = journal.newReader()) {
            final long last = journal.last();
            for (final long[] one : told) {
                assertTrue(last >= one.length - 1, () -> "a server has " + (one.length - 1) + ", the journal " + last);
            }
            assertTrue(last + 1 == from || reader.seek(Math.max(1, from)), () -> "no record " + from);
            Instant before = null;
            Instant gapEnd = null;
            for (long n = Math.max(1, from); n <= last; n++) {
                assertTrue(reader.next(record), "record " + n);
                assertEquals(n, record.sequence());
                assertFalse(record.damaged(), () -> RecordJson.of(record));
                final long digest =
                        RememberingServer.digest(record.kind() == RecordKind.FRAME, record.bytes(), 0, record.length());
                for (int i = 0; i < told.length; i++) {
                    if (n < told[i].length && told[i][(int) n] != digest) {
                        throw new ToldOtherwise(i, n, RecordJson.of(record));
                    }
                }
                final Instant at = Instant.EPOCH.plus(Duration.ofNanos(record.atNs()));
                if (record.kind() == RecordKind.FRAME) {
                    assertFalse(gapEnd != null && gapEnd.isAfter(at), () -> "gap ends after " + RecordJson.of(record));
                    gapEnd = null;
                    before = at;
                    frames++;
                } else if (record.kind() == RecordKind.GAP) {
                    final Map<String, Object> gap = JSON.std.mapFrom(RecordJson.of(record));
                    final Instant begin = Instant.parse(gap.get("from").toString());
                    gapEnd = Instant.parse(gap.get("to").toString());
                    assertFalse(before != null && begin.isBefore(before), () -> "gap begins early: " + gap);
                    assertFalse(before != null && begin.isAfter(before), () -> "gap begins late: " + gap);
                    assertFalse(begin.isAfter(gapEnd), () -> "gap ends before it begins: " + gap);
                    before = gapEnd;
                    gaps++;
                    lateGaps += frames > 0 ? 1 : 0;
                } else if (record.kind() == RecordKind.DISCONTINUITY) {
                    before = null; // it may have come with frames that have no place
                    discontinuities++;
                }
            }
            return new Found(last, frames, gaps, lateGaps, discontinuities);
        }
    }

    /** A server was told something else than what is stored. */
    private static final class ToldOtherwise extends AssertionError {
        private static final long serialVersionUID = 1;

        private final int server;
        private final long sequence;

        ToldOtherwise(int server, long sequence, String stored) {
            super("server " + server + " was told otherwise than " + stored);
            this.server = server;
            this.sequence = sequence;
        }
    }
}
