package org.tandemgw.gateway.history;

import java.util.List;
import java.util.function.Consumer;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.EventText;

/**
 * Lines of history: {@code <ms> <event line>}; {@code <ms> xN SPAN <event line>} for N looks evenly within SPAN ms up to then; {@code <ms> run {…}};
 * {@code <ms> active <server or -> <epoch>}. Pure.
 */
final class HistoryLines {
    private static final String RUN = "run ";
    private static final String ACTIVE = "active ";
    private static final String OUT = "out";
    private static final String NOBODY = "-";

    private HistoryLines() {}

    static String event(long atMs, Event event) {
        return atMs + " " + EventText.write(event);
    }

    static String row(long lastMs, int count, long spanMs, Event event) {
        return count == 1 ? event(lastMs, event) : lastMs + " x" + count + " " + spanMs + " " + EventText.write(event);
    }

    static String run(long atMs, HistoryRun run) {
        return atMs + " " + RUN + JsonRecords.write(run);
    }

    static String active(long atMs, String server, long epoch) {
        return atMs + " " + ACTIVE + (server == null ? NOBODY : server) + " " + epoch;
    }

    static String out(long atMs, List<String> out) {
        return atMs + " " + OUT + (out.isEmpty() ? "" : " ") + String.join(" ", out);
    }

    /**
     * Tells what a line says, the looks of a row one by one.
     *
     * @return when it was written, in ms
     * @throws IllegalArgumentException if it is none
     */
    static long read(String line, Consumer<HistoryEntry> told) {
        final int blank = line.indexOf(' ');
        if (blank < 1) {
            throw new IllegalArgumentException("no time in '" + line + "'");
        }
        final long atMs = Long.parseLong(line.substring(0, blank));
        final String rest = line.substring(blank + 1);
        if (rest.startsWith(RUN)) {
            told.accept(new HistoryEntry(atMs, null, run(rest.substring(RUN.length())), null, null));
        } else if (rest.startsWith(ACTIVE)) {
            final String[] words = rest.split(" ");
            final String server = words[1].equals(NOBODY) ? null : words[1];
            told.accept(new HistoryEntry(
                    atMs, null, null, new HistoryEntry.Active(server, Long.parseLong(words[2])), null));
        } else if (rest.equals(OUT) || rest.startsWith(OUT + " ")) {
            final List<String> words = List.of(rest.split(" "));
            told.accept(new HistoryEntry(atMs, null, null, null, words.subList(1, words.size())));
        } else if (rest.startsWith("x")) {
            row(atMs, rest, told);
        } else {
            told.accept(new HistoryEntry(atMs, EventText.read(rest), null, null, null));
        }
        return atMs;
    }

    private static HistoryRun run(String json) {
        try {
            return JsonRecords.read(json, HistoryRun.class);
        } catch (JsonFormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void row(long lastMs, String text, Consumer<HistoryEntry> told) {
        final String[] words = text.split(" ", 3);
        final int count = Integer.parseInt(words[0].substring(1));
        final long spanMs = Long.parseLong(words[1]);
        if (count < 2 || count > LookRow.LONGEST_MS || spanMs < 0) {
            throw new IllegalArgumentException("no row: '" + text + "'");
        }
        final Event event = EventText.read(words[2]);
        for (int i = 0; i < count; i++) {
            told.accept(new HistoryEntry(lastMs - spanMs + i * spanMs / (count - 1), event, null, null, null));
        }
    }
}
