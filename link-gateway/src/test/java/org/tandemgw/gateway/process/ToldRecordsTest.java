package org.tandemgw.gateway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.journal.LinkJournal;

/** What the rounds of kills are judged by: it forgets nearly all that it was told, and still knows any byte of it. */
class ToldRecordsTest {
    private static final int RECORDS = 3_456;
    private static final int COMPARED = 2_999;

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void store() throws IOException {
        site = new Site(folder, AcdDialect.OPAQUE_LINE.profile(), 1, 2);
        try (LinkJournal journal = LinkJournal.open(site.data(), "acd1")) {
            final long firstNs = Duration.ofHours(500_000).toNanos();
            for (int n = 1; n <= RECORDS; n++) {
                final byte[] frame = frame(n);
                journal.appendFrame(1, 0, firstNs + n, -1, frame, 0, frame.length);
            }
            journal.endOfBatch();
        }
    }

    @Test
    void shouldFindWhatIsStoredAsItWasTold() throws Exception {
        final RememberingServer behind = server(told(RECORDS - 100, 0));

        final StoredStream.Found all = StoredStream.read(site.data(), 1, server(told(RECORDS, 0)), behind);

        assertEquals(RECORDS, all.frames());
        assertEquals(RECORDS - 100, all.told());
        final StoredStream.Found recent = StoredStream.read(site.data(), 2_001, 3_001, behind);
        assertEquals(RECORDS - 3_000, recent.frames());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 700, 1_000, 1_001, 2_000, 2_001, COMPARED, COMPARED + 1, 3_001, RECORDS})
    void shouldNoticeOneOtherByteInOneStreamHoweverOldItIs(int other) throws Exception {
        final RememberingServer right = server(told(RECORDS, 0));
        final RememberingServer wrong = server(told(RECORDS, other));

        final AssertionError found =
                assertThrows(AssertionError.class, () -> StoredStream.read(site.data(), 1, right, wrong));

        final int thousand = (other - 1) / 1_000 * 1_000;
        final String where =
                other <= 2_000 ? "one of records " + (thousand + 1) + " to " + (thousand + 1_000) : "record " + other;
        assertEquals(
                "server 1 was told otherwise at " + where, found.getMessage().split(",")[0]);
    }

    @Test
    void shouldNoticeThatTwoOldRecordsHaveChangedPlaces() {
        final ToldRecords told = new ToldRecords();
        for (long n = 1; n <= 1_000; n++) {
            told.add(n);
        }
        told.compared(1_000);

        final ToldRecords.Comparison comparison = told.from(1);
        for (long n = 1; n < 1_000; n++) {
            comparison.fits(n == 41 ? 42 : n == 42 ? 41 : n);
        }

        assertEquals(false, comparison.fits(1_000));
    }

    @Test
    void shouldRefuseToCompareAPartOfAThousand() {
        final ToldRecords told = told(RECORDS, 0);

        assertThrows(IllegalArgumentException.class, () -> told.from(1_500));
    }

    /** All of it but the last few as it is remembered once it was compared. */
    private static ToldRecords told(int last, int other) {
        final ToldRecords told = new ToldRecords();
        for (int n = 1; n <= last; n++) {
            final byte[] frame = frame(n);
            frame[n % frame.length] ^= (byte) (n == other ? 1 : 0);
            told.add(ToldRecords.digest(true, frame, 0, frame.length));
            told.compared(Math.min(n, COMPARED));
        }
        return told;
    }

    private static byte[] frame(int n) {
        return ("frame " + n).getBytes(StandardCharsets.US_ASCII);
    }

    private RememberingServer server(ToldRecords told) {
        return new RememberingServer("server", 1, null).knowing("acd1", told);
    }
}
