package org.tandemgw.gateway.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Reads history in the order of its times, from any copy of a data folder, also while it is written. Never writes. One thread. */
public final class HistoryReader {
    /** A row is written at its end at the latest: what is older than this cannot come any more. */
    private static final long HORIZON_MS = LookRow.LONGEST_MS + 10_000;

    private final HistoryFolder folder;
    private final long fromMs;
    private final long toMs;
    private final Consumer<HistoryEntry> told;
    private final PriorityQueue<Numbered> open = new PriorityQueue<>(
            Comparator.comparingLong((Numbered each) -> each.entry.atMs()).thenComparingLong(each -> each.number));
    private long number;
    private long newestMs = Long.MIN_VALUE;
    private long unread;

    private record Numbered(long number, HistoryEntry entry) {}

    private HistoryReader(Path data, long fromMs, long toMs, Consumer<HistoryEntry> told) {
        this.folder = new HistoryFolder(data);
        this.fromMs = fromMs;
        this.toMs = toMs;
        this.told = told;
    }

    /**
     * Tells all that was seen within a time, in order, and before it what was said of the site itself: runs, who was in control, what was out.
     *
     * @return how many lines could not be read
     */
    public static long read(Path data, long fromMs, long toMs, Consumer<HistoryEntry> told) throws IOException {
        return new HistoryReader(data, fromMs, toMs, told).read();
    }

    /** Whether there is any. */
    public static boolean exists(Path data) throws IOException {
        return !new HistoryFolder(data).days().isEmpty();
    }

    private long read() throws IOException {
        final LocalDate from = day(fromMs);
        final LocalDate to = day(toMs);
        for (final LocalDate day : folder.days()) {
            if (!day.isBefore(from) && !day.isAfter(to.plusDays(1))) {
                file(folder.file(day));
            }
        }
        release(Long.MAX_VALUE);
        return unread;
    }

    private static LocalDate day(long ms) {
        final long bounded = Math.max(0, Math.min(ms, 253_402_214_400_000L)); // the year 9999
        return LocalDate.ofInstant(Instant.ofEpochMilli(bounded), ZoneOffset.UTC);
    }

    private void file(Path file) throws IOException {
        try (BufferedReader in = new BufferedReader(new java.io.InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isEmpty()) {
                    line(line);
                }
            }
        }
    }

    private void line(String line) {
        try {
            final long atMs = HistoryLines.read(line, each -> open.add(new Numbered(number++, each)));
            if (atMs < newestMs - HORIZON_MS) {
                release(Long.MAX_VALUE); // the clock was set back: what is to come is in another order
                newestMs = atMs;
            }
            newestMs = Math.max(newestMs, atMs);
            release(newestMs - HORIZON_MS);
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            unread++;
        }
    }

    private void release(long untilMs) {
        while (!open.isEmpty() && open.peek().entry.atMs() <= untilMs) {
            final HistoryEntry next = open.remove().entry;
            final boolean within = next.atMs() >= fromMs && next.atMs() <= toMs;
            if (within || next.event() == null && next.atMs() < fromMs) {
                told.accept(next);
            }
        }
    }
}
