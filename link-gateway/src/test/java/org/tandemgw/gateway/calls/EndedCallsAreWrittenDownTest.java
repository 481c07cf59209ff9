package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.books.BookSettings;
import org.tandemgw.gateway.books.Csv;
import org.tandemgw.gateway.books.IntervalFile;
import org.tandemgw.gateway.emulate.CdrCall;
import org.tandemgw.gateway.emulate.CdrForm;
import org.tandemgw.gateway.emulate.CdrTraffic;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.recovery.TableLimits;

/** An ACD that tells of calls when they have ended: intervals and call records have each of them once, with its whole length, and nothing else is said to be known. */
@Timeout(300)
class EndedCallsAreWrittenDownTest {
    private static final int CALLS = 2_000;

    private final long seed = Chance.seed();
    private final List<CdrCall> calls = new ArrayList<>();
    private final CdrTraffic acd = new CdrTraffic(seed, CdrForm.CUSTOMISED, calls::add);

    @TempDir
    private Path data;

    private LinkJournal journal;
    private CallReading reading;
    private long lastNs;

    private void open() throws IOException {
        journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
        reading = new CallReading(
                new CallKeeper.Settings(
                        journal,
                        data,
                        TableLimits.ofCalls(1_000),
                        0,
                        Optional.of(new BookSettings(
                                data.resolve(IntervalFile.FOLDER),
                                Duration.ofMinutes(30),
                                400,
                                Optional.of(new BookSettings.Records(false, data.resolve("call-records"), 400)),
                                List.of("east", "west"),
                                "east",
                                0))),
                out -> new CdrCallDecoder(CdrForm.CUSTOMISED.records(), out),
                new ListDesk());
        read();
    }

    private void close() {
        reading.shoot();
        reading.close();
        journal.close();
    }

    private void read() throws IOException {
        while (reading.turn() > 0) {
            // until all is read
        }
    }

    /** Each record comes when its call ends. */
    private void life(int until) throws IOException {
        while (calls.size() < until) {
            final byte[] record = acd.next();
            final long endedNs = calls.isEmpty()
                    ? 0
                    : TimeUnit.MILLISECONDS.toNanos(calls.get(calls.size() - 1).endedMs());
            lastNs = Math.max(lastNs, endedNs);
            journal.appendFrame(1, 0, lastNs, -1, record, 0, record.length);
            journal.endOfBatch();
        }
        read();
        assertEquals(0, reading.table().inFlight());
        assertTrue(reading.table().complete(), "nothing that is known is unsure");
    }

    @Test
    void shouldHaveEachCallOnceWithItsLengthThroughAGapAndARestart() throws IOException {
        open();
        assertTrue(!reading.table().complete(), "nothing has come yet");
        life(CALLS / 2);
        journal.appendGap(lastNs, lastNs, 3, "both legs were down");
        life(3 * CALLS / 4);
        close();
        open();
        life(CALLS);
        lastNs += TimeUnit.HOURS.toNanos(1);
        final byte[] date = acd.greeting();
        journal.appendFrame(1, 0, lastNs, -1, date, 0, date.length);
        journal.endOfBatch();
        read();
        close();
        open(); // what is over by the clock is closed by what comes
        final int before = calls.size();
        lastNs += TimeUnit.HOURS.toNanos(1);
        while (calls.size() == before) {
            final byte[] record = acd.next();
            journal.appendFrame(1, 0, lastNs, -1, record, 0, record.length);
        }
        journal.endOfBatch();
        read();
        close();
        intervalsAreRight(before);
        recordsAreRight();
    }

    private void intervalsAreRight(int count) throws IOException {
        final Map<String, long[]> sums = new TreeMap<>();
        final List<Boolean> sure = new ArrayList<>();
        IntervalFile.read(data, "acd1", Long.MIN_VALUE, Long.MAX_VALUE, row -> {
            final long[] sum =
                    sums.computeIfAbsent(row.line().kind() + " " + row.line().name(), name -> new long[5]);
            sum[0] += row.line().offered();
            sum[1] += row.line().answered();
            sum[2] += row.line().abandoned();
            sum[3] += row.line().talkNs();
            sum[4] += row.line().presentNs();
            sure.add(row.sure());
            assertEquals(0, row.line().atEnd(), "none is in flight");
        });
        final Map<String, long[]> expected = new TreeMap<>();
        for (final CdrCall call : calls.subList(0, count)) {
            count(expected, "ACD ", call);
            if (!call.trunk().isEmpty()) {
                count(expected, "TRUNK " + call.trunk(), call);
            }
        }
        assertEquals(shown(expected), shown(sums), "-Dtandem.seed=" + seed);
        assertTrue(sure.contains(true), "frames came, and none is missing");
    }

    private static void count(Map<String, long[]> sums, String name, CdrCall call) {
        final boolean answered = call.condition() != 'H' && call.condition() != 'E';
        final long lastedNs = TimeUnit.SECONDS.toNanos(call.seconds());
        final long[] sum = sums.computeIfAbsent(name, each -> new long[5]);
        sum[0]++;
        sum[answered ? 1 : 2]++;
        sum[3] += answered ? lastedNs : 0;
        sum[4] += lastedNs;
    }

    private static List<String> shown(Map<String, long[]> sums) {
        return sums.entrySet().stream()
                .map(each -> each.getKey() + " " + java.util.Arrays.toString(each.getValue()))
                .toList();
    }

    private void recordsAreRight() throws IOException {
        final List<String> written = new ArrayList<>();
        try (Stream<Path> files = Files.list(data.resolve("call-records").resolve("east"))) {
            for (final Path file : files.sorted().toList()) {
                final List<String> lines = Files.readAllLines(file);
                final List<String> columns = Csv.fields(lines.get(0));
                for (final String line : lines.subList(1, lines.size())) {
                    final List<String> fields = Csv.fields(line);
                    written.add(String.join(
                            " ",
                            List.of(
                                            "calling",
                                            "called",
                                            "trunk",
                                            "cause",
                                            "talk_s",
                                            "ended_by",
                                            "sure",
                                            "complete",
                                            "start_seen")
                                    .stream()
                                    .map(name -> fields.get(columns.indexOf(name)))
                                    .toList()));
                }
            }
        }
        final List<String> expected = calls.stream()
                .map(call -> call.calling() + " " + call.called() + " "
                        + (call.trunk().isEmpty() ? "" : String.format("%s-%03d", call.trunk(), call.circuit())) + " "
                        + call.condition() + " "
                        + (call.condition() == 'H' || call.condition() == 'E' ? 0 : call.seconds())
                        + ".000000000 cleared yes yes yes")
                .toList();
        assertEquals(expected, written, "-Dtandem.seed=" + seed);
    }
}
