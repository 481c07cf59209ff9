package org.tandemgw.gateway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
     * What was found.
     *
     * @param last the last record
     * @param told each server had been told all through this one, as it is stored
     * @param lateGaps gaps behind the first frame
     */
    record Found(long last, long told, long frames, long gaps, long lateGaps, long discontinuities) {}

    /**
     * Reads the records from {@code from} to the end: all there, none damaged, each as the servers were told, and each gap
     * no longer than from the arrival of the frame before it to that of the frame behind it.
     */
    static Found read(Path data, long from, RememberingServer... servers) throws IOException {
        return read(data, from, from, servers);
    }

    /** The same; what is before {@code counted} is not counted. */
    static Found read(Path data, long from, long counted, RememberingServer... servers) throws IOException {
        final List<ToldRecords.Comparison> comparisons = new ArrayList<>();
        long told = Long.MAX_VALUE;
        long toldAtMost = 0;
        for (final RememberingServer server : servers) {
            final ToldRecords records = server.records();
            comparisons.add(records.from(from));
            told = Math.min(told, records.last());
            toldAtMost = Math.max(toldAtMost, records.last());
        }
        final JournalRecord record = new JournalRecord();
        long frames = 0;
        long gaps = 0;
        long lateGaps = 0;
        long discontinuities = 0;
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                JournalReader reader = journal.newReader()) {
            final long last = journal.last();
            assertTrue(last >= toldAtMost, "a server has " + toldAtMost + ", the journal " + last);
            assertTrue(last + 1 == from || reader.seek(from), () -> "no record " + from);
            Instant before = null;
            Instant gapEnd = null;
            for (long n = from; n <= last; n++) {
                assertTrue(reader.next(record), "record " + n);
                assertEquals(n, record.sequence());
                assertFalse(record.damaged(), () -> RecordJson.of(record));
                compare(record, comparisons, servers);
                final int one = n >= counted ? 1 : 0;
                final Instant at = Instant.EPOCH.plus(Duration.ofNanos(record.atNs()));
                if (record.kind() == RecordKind.FRAME) {
                    assertFalse(gapEnd != null && gapEnd.isAfter(at), () -> "gap ends after " + RecordJson.of(record));
                    gapEnd = null;
                    before = at;
                    frames += one;
                } else if (record.kind() == RecordKind.GAP) {
                    final Map<String, Object> gap = JSON.std.mapFrom(RecordJson.of(record));
                    final Instant begin = Instant.parse(gap.get("from").toString());
                    gapEnd = Instant.parse(gap.get("to").toString());
                    assertFalse(before != null && begin.isBefore(before), () -> "gap begins early: " + gap);
                    assertFalse(before != null && begin.isAfter(before), () -> "gap begins late: " + gap);
                    assertFalse(begin.isAfter(gapEnd), () -> "gap ends before it begins: " + gap);
                    before = gapEnd;
                    gaps += one;
                    lateGaps += frames > 0 ? 1 : 0;
                } else if (record.kind() == RecordKind.DISCONTINUITY) {
                    before = null; // it may have come with frames that have no place
                    discontinuities += one;
                }
            }
            return new Found(last, told, frames, gaps, lateGaps, discontinuities);
        }
    }

    private static void compare(
            JournalRecord stored, List<ToldRecords.Comparison> comparisons, RememberingServer... servers) {
        final long digest = ToldRecords.digest(stored.kind() == RecordKind.FRAME, stored.bytes(), 0, stored.length());
        for (int i = 0; i < servers.length; i++) {
            if (!comparisons.get(i).fits(digest)) {
                throw new AssertionError("server " + i + " was told otherwise at "
                        + comparisons.get(i).where() + ", the last stored one is " + RecordJson.of(stored)
                        + "; told as "
                        + servers[i].note(stored.sequence()) + ", and has " + servers[i].last());
            }
        }
    }
}
