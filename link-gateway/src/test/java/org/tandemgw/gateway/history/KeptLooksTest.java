package org.tandemgw.gateway.history;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.FailBack;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/** What probes see is kept in little room, comes back in order, and its loss costs nothing else. */
@Timeout(300)
class KeptLooksTest {
    private static final long START_MS = 1_790_000_000_000L;

    @TempDir
    Path data;

    @Test
    void shouldKeepAnHourOfAnswersInLittleRoomAndEveryFailureAsItWas() throws Exception {
        final List<String> told = new ArrayList<>();
        try (HistoryBook book = book(64L << 20)) {
            book.start("east", 7, List.of(), START_MS);
            for (int second = 0; second < 3_600; second++) {
                final long atMs = START_MS + second * 1_000L;
                final boolean fails = second >= 1_800 && second < 1_803;
                final Look look = Look.of(fails ? Sight.REFUSED : Sight.ANSWERED, null, 400 + second % 7);
                tell(book, told, new Event.Looked("east", "app", false, look), atMs);
                tell(book, told, new Event.Looked("west", "app", false, Look.of(Sight.ANSWERED, null, 300)), atMs + 3);
                book.event(new Event.NetworkLooked("gw", Look.of(Sight.ANSWERED, null, 200)), atMs + 5);
            }
            book.stands("west", 8, List.of("*"), START_MS + 3_600_000);
        }
        final Path file = new HistoryFolder(data).file(LocalDate.of(2026, 9, 21));
        assertTrue(Files.size(file) < 30_000, "an hour of three sources takes " + Files.size(file) + " bytes");
        final List<HistoryEntry> entries = new ArrayList<>();
        assertEquals(0, HistoryReader.read(data, 0, Long.MAX_VALUE, entries::add));
        final List<HistoryEntry> looks = entries.stream()
                .filter(each -> each.event() instanceof Event.Looked)
                .toList();
        assertEquals(7_200, looks.size());
        assertEquals(
                List.of(1_800_000L, 1_801_000L, 1_802_000L),
                looks.stream()
                        .filter(each ->
                                !((Event.Looked) each.event()).look().sight().answered())
                        .map(each -> each.atMs() - START_MS)
                        .toList());
        for (int i = 1; i < entries.size(); i++) {
            assertTrue(entries.get(i).atMs() >= entries.get(i - 1).atMs(), "in order");
        }
        assertEquals("east", entries.get(0).run().active());
        assertEquals("west", entries.get(entries.size() - 1).active().server());
        assertEquals(List.of("*"), entries.get(entries.size() - 2).out());
        assertEquals(
                told.size(),
                looks.stream()
                        .filter(each -> told.contains(each.atMs() + ((Event.Looked) each.event()).server()))
                        .count());
    }

    @Test
    void shouldPassOverWhatIsTornAndGoOnBehindIt() throws Exception {
        try (HistoryBook book = book(64L << 20)) {
            book.start("east", 1, List.of(), START_MS);
            book.event(new Event.LegsSeen(true), START_MS + 1);
        }
        final Path file = new HistoryFolder(data).file(LocalDate.of(2026, 9, 21));
        Files.writeString(file, "1790000000500 looked server=ea", StandardOpenOption.APPEND);
        try (HistoryBook book = book(64L << 20)) {
            book.start("east", 1, List.of(), START_MS + 1_000);
            book.event(new Event.LegsSeen(false), START_MS + 1_001);
        }
        final List<HistoryEntry> entries = new ArrayList<>();
        assertEquals(1, HistoryReader.read(data, 0, Long.MAX_VALUE, entries::add), "one line is torn");
        assertEquals(
                List.of(new Event.LegsSeen(true), new Event.LegsSeen(false)),
                entries.stream()
                        .map(HistoryEntry::event)
                        .filter(each -> each != null)
                        .toList());
    }

    @Test
    void shouldDeleteTheOldestDaysAndStopAtItsLimit() throws Exception {
        final HistoryFolder folder = new HistoryFolder(data);
        Files.createDirectories(folder.path());
        for (int day = 1; day <= 20; day++) {
            Files.writeString(folder.file(LocalDate.of(2026, 9, day)), "x".repeat(1_000));
        }
        try (HistoryBook book = book(4_000)) {
            book.start("east", 1, List.of(), START_MS);
            await().until(() -> folder.days().size() < 20);
            for (int i = 0; i < 100_000; i++) {
                book.event(new Event.LegsSeen(i % 2 == 0), START_MS + i);
            }
            await().until(() -> book.dropped() > 0);
        }
        assertTrue(folder.days().contains(LocalDate.of(2026, 9, 21)), () -> "today stays");
        assertEquals(LocalDate.of(2026, 9, 21), folder.days().get(folder.days().size() - 1));
    }

    @Test
    void shouldNeverWaitForADiskThatCannotBeWritten() throws IOException {
        Files.writeString(data.resolve(HistoryFolder.NAME), "a file where the folder should be");
        try (HistoryBook book = book(64L << 20)) {
            book.start("east", 1, List.of(), START_MS);
            await().until(() -> {
                book.event(new Event.LegsSeen(true), START_MS);
                return book.dropped() > 0;
            });
        }
        assertEquals("a file where the folder should be", Files.readString(data.resolve(HistoryFolder.NAME)));
    }

    private static void tell(HistoryBook book, List<String> told, Event.Looked looked, long atMs) {
        told.add(atMs + looked.server());
        book.event(looked, atMs);
    }

    private HistoryBook book(long mostBytes) {
        final ProbeRules probe = new ProbeRules("app", 1_000, 500, 3, 200, false, false);
        final SwitchoverRules rules = new SwitchoverRules(
                "hq",
                Mode.AUTO,
                List.of(
                        new ServerRules("east", List.of(probe), 0, 0, null, null, null),
                        new ServerRules("west", List.of(probe), 0, 0, null, null, null)),
                List.of("gw"),
                FencePolicy.NONE,
                5_000,
                3,
                10_000,
                new RestartRules(2, 2, 300_000),
                0,
                FailBack.NEVER,
                "east",
                List.of(),
                false,
                false,
                "abc",
                "UTC");
        return new HistoryBook(new HistorySettings(data, 30, mostBytes, 0), rules, "test");
    }
}
