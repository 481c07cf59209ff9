package org.tandemgw.gateway.books;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines in day files: each once, whatever was torn, taken away, or could not be written. */
class DayFilesTest {
    private static final long AT = Instant.parse("2026-11-21T23:59:00Z").getEpochSecond() * 1_000_000_000L;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final String HEADER = "name,generation,sequence,index";

    @TempDir
    Path folder;

    @Test
    void shouldWriteNothingTwiceAfterAKillAtAnyByte() throws Exception {
        write(open(0), 1, 6);
        final String whole = all();
        final byte[] bytes = Files.readAllBytes(folder.resolve("acd1-2026-11-22.csv"));
        for (int kept = 0; kept < bytes.length; kept++) {
            Files.write(folder.resolve("acd1-2026-11-22.csv"), java.util.Arrays.copyOf(bytes, kept));
            write(open(0), 1, 6);
            assertEquals(whole, all(), "cut at " + kept);
        }
    }

    @Test
    void shouldNotMakeAgainWhatWasTakenAway() throws Exception {
        final DayFiles files = open(0);
        add(files, 1, 6);
        Files.delete(folder.resolve("acd1-2026-11-21.csv"));
        assertTrue(files.force());
        files.close();
        Files.delete(folder.resolve("acd1-2026-11-22.csv"));
        write(open(0), 1, 7);
        assertEquals("acd1-2026-11-22.csv\n" + HEADER + "\r\n" + line(7), all());
    }

    @Test
    void shouldMakeUpForWhatCouldNotBeWritten() throws Exception {
        final DayFiles full = open(Long.MAX_VALUE / 2);
        full.add(AT, new LinePosition(1, 1, 0), line(1));
        assertFalse(full.flush());
        assertFalse(full.force(), "so no snapshot is made behind it");
        final String long1 = "x".repeat(DayFiles.MOST_WAITING);
        full.add(AT, new LinePosition(1, 2, 0), long1);
        full.add(AT, new LinePosition(1, 3, 0), line(3));
        assertFalse(full.force());
        assertTrue(full.diskErrors() > 0);
        full.close();
        write(open(0), 1, 3);
        assertEquals(
                "acd1-2026-11-21.csv\n" + HEADER + "\r\n" + line(1) + "acd1-2026-11-22.csv\n" + HEADER + "\r\n"
                        + line(2) + line(3),
                all());
    }

    @Test
    void shouldLeaveAFileOfAnotherVersionAlone() throws Exception {
        final Path old = folder.resolve("acd1-2026-11-22.csv");
        Files.writeString(old, "name,other\r\nwhat,1\r\n");
        write(open(0), 1, 3);
        assertEquals("name,other\r\nwhat,1\r\n", Files.readString(folder.resolve("acd1-2026-11-22.csv.other")));
        assertTrue(all().contains(line(3)));
    }

    @Test
    void shouldDeleteWhatIsOlderThanItIsKept() throws Exception {
        Files.writeString(folder.resolve("acd1-2026-11-01.csv"), HEADER + "\r\n", StandardOpenOption.CREATE);
        Files.writeString(folder.resolve("acd1-2026-11-20.csv"), HEADER + "\r\n", StandardOpenOption.CREATE);
        Files.writeString(folder.resolve("acd1-b-2026-11-01.csv"), "of another ACD", StandardOpenOption.CREATE);
        write(open(0), 1, 3);
        assertFalse(Files.exists(folder.resolve("acd1-2026-11-01.csv")));
        assertTrue(Files.exists(folder.resolve("acd1-2026-11-20.csv")));
        assertTrue(Files.exists(folder.resolve("acd1-b-2026-11-01.csv")));
    }

    @Test
    void shouldWriteNothingTwiceAfterAClockThatWasAhead() throws Exception {
        try (DayFiles ahead = open(0)) {
            ahead.add(AT, new LinePosition(1, 1, 0), line(1));
            ahead.add(AT + 2 * DAY, new LinePosition(1, 2, 0), line(2));
            assertTrue(ahead.force());
        }
        try (DayFiles right = open(0)) {
            right.add(AT, new LinePosition(1, 3, 0), line(3));
            right.add(AT, new LinePosition(1, 4, 0), line(4));
        }
        final String whole = all();
        assertEquals(
                "acd1-2026-11-21.csv\n" + HEADER + "\r\n" + line(1) + line(3) + line(4) + "acd1-2026-11-23.csv\n"
                        + HEADER + "\r\n" + line(2),
                whole);
        final Path torn = folder.resolve("acd1-2026-11-21.csv");
        final byte[] bytes = Files.readAllBytes(torn);
        for (int kept = bytes.length - line(4).length(); kept <= bytes.length; kept++) {
            Files.write(torn, java.util.Arrays.copyOf(bytes, kept));
            try (DayFiles again = open(0)) {
                again.add(AT, new LinePosition(1, 3, 0), line(3));
                again.add(AT, new LinePosition(1, 4, 0), line(4));
            }
            assertEquals(whole, all(), "cut at " + kept);
        }
    }

    @Test
    void shouldKeepWhatComesLateInTheSameFileBeforeAndAfterAStart() throws Exception {
        write(open(0), 1, 3);
        try (DayFiles late = open(0)) {
            late.add(AT, new LinePosition(1, 4, 0), line(4));
        }
        assertTrue(all().endsWith(line(3) + line(4)));
        write(open(0), 1, 4);
        assertTrue(all().endsWith(line(3) + line(4)));
    }

    @Test
    void shouldKeepTheHistoryWhenTheClockLeaps() throws Exception {
        for (int i = 0; i < 10; i++) {
            Files.writeString(folder.resolve("acd1-2026-11-1" + i + ".csv"), HEADER + "\r\n");
        }
        try (DayFiles ahead = open(0)) {
            ahead.add(AT + 500 * DAY, new LinePosition(1, 1, 0), line(1));
            assertTrue(ahead.flush());
            assertEquals(11, DayFolder.days(folder, "acd1").size());
            ahead.add(AT + 501 * DAY, new LinePosition(1, 2, 0), line(2));
            assertTrue(ahead.flush());
            assertEquals(10, DayFolder.days(folder, "acd1").size(), "two of the oldest a day, not all of them");
            ahead.add(AT, new LinePosition(1, 3, 0), line(3));
            assertTrue(ahead.flush());
        }
        assertTrue(Files.readString(folder.resolve("acd1-2026-11-21.csv")).endsWith(line(3)));
        assertEquals(11, DayFolder.days(folder, "acd1").size());
    }

    @Test
    void shouldGoOnWhenTheDiskTakesItAgainBehindAChangeOfDay() throws Exception {
        final Path blocked = folder.resolve("acd1-2026-11-22.csv");
        Files.createDirectories(blocked.resolve("in the way"));
        try (DayFiles files = open(0)) {
            files.add(AT, new LinePosition(1, 1, 0), line(1));
            files.add(AT + MINUTE, new LinePosition(1, 2, 0), line(2));
            files.add(AT + DAY, new LinePosition(1, 3, 0), line(3));
            files.add(AT + 2 * DAY, new LinePosition(1, 4, 0), line(4));
            assertFalse(files.flush());
            files.add(AT + 3 * DAY, new LinePosition(1, 5, 0), line(5));
            Files.delete(blocked.resolve("in the way"));
            Files.delete(blocked);
            assertTrue(files.force());
        }
        for (int i = 1; i <= 5; i++) {
            assertTrue(all().contains(line(i)), "line " + i);
        }
    }

    @Test
    void shouldTryADiskThatFailsOnceASecond() throws Exception {
        final AtomicLong nowNs = new AtomicLong();
        try (DayFiles full = new DayFiles(settings(Long.MAX_VALUE / 2), nowNs::get)) {
            full.add(AT, new LinePosition(1, 1, 0), line(1));
            for (int i = 0; i < 100; i++) {
                assertFalse(full.flush());
            }
            assertEquals(1, full.diskErrors());
            nowNs.addAndGet(1_000_000_000L);
            assertFalse(full.flush());
            assertEquals(2, full.diskErrors());
        }
    }

    @Test
    void shouldPutAsideEachFileOfAnotherVersion() throws Exception {
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.resolve("acd1-2026-11-21.csv"), "name,version " + i + "\r\nwhat,1\r\n");
            try (DayFiles files = open(0)) {
                files.add(AT, new LinePosition(1, 1 + i, 0), line(1 + i));
            }
            assertTrue(all().endsWith(HEADER + "\r\n" + line(1 + i)));
        }
        assertTrue(Files.readString(folder.resolve("acd1-2026-11-21.csv.other")).contains("version 0"));
        assertTrue(
                Files.readString(folder.resolve("acd1-2026-11-21.csv.other3")).contains("version 2"));
    }

    @Test
    void shouldLeaveOldFilesOfAnotherVersionWhereTheyAre() throws Exception {
        final Path old = folder.resolve("acd1-2026-11-20.csv");
        Files.writeString(old, "name,other\r\nwhat,1\r\n");
        write(open(0), 1, 3);
        write(open(0), 1, 3);
        assertEquals("name,other\r\nwhat,1\r\n", Files.readString(old));
    }

    @Test
    void shouldLetNobodyElseRead() throws Exception {
        write(open(0), 1, 1);
        assertEquals(
                "rw-r-----",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("acd1-2026-11-21.csv"))));
    }

    @Test
    void shouldReadWhatItWroteOfAnyName() {
        for (final String name : List.of("", "sales", "a,b", "\"quoted\"", "Müller, \"Z\"", "a\tb\r\nc")) {
            final String line =
                    new Csv().add("x").add(name).seconds(-1_500_000_001L).line();
            assertEquals(1, line.lines().count());
            final List<String> fields = Csv.fields(line.strip());
            assertEquals(name.replaceAll("\\p{Cntrl}", " "), fields.get(1));
            assertEquals(-1_500_000_001L, Csv.ns(fields.get(2)));
        }
    }

    private DayFiles open(long minFreeBytes) throws IOException {
        return new DayFiles(settings(minFreeBytes));
    }

    private DayFiles.Settings settings(long minFreeBytes) {
        return new DayFiles.Settings(
                folder,
                "acd1",
                HEADER,
                folder.resolve("last"),
                line -> Csv.fields(line).size() == 4,
                10,
                minFreeBytes);
    }

    /** The first line of a day, the others of the next. */
    private static void write(DayFiles files, int from, int through) throws IOException {
        try (files) {
            add(files, from, through);
        }
    }

    private static void add(DayFiles files, int from, int through) {
        for (int i = from; i <= through; i++) {
            files.add(AT + (i - 1) * MINUTE, new LinePosition(1, i, 0), line(i));
            assertTrue(files.flush());
        }
    }

    private static String line(int number) {
        return "\"line, " + number + "\",1," + number + ",0\r\n";
    }

    private String all() throws IOException {
        final StringBuilder all = new StringBuilder();
        for (final java.time.LocalDate day : DayFolder.days(folder, "acd1")) {
            all.append("acd1-").append(day).append(".csv\n");
            all.append(Files.readString(folder.resolve("acd1-" + day + ".csv")));
        }
        return all.toString();
    }
}
