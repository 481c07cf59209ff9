package org.tandemgw.gateway.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Remembers the first log lines of the process and the newest, so that a support bundle has them wherever the log itself goes. Of both together at most
 * {@value #MOST_BYTES} characters; then the oldest but the first ones are forgotten. Any thread.
 */
public final class LogTail extends Handler {
    static final int FIRST = 200;
    static final int MOST_BYTES = 1 << 20;

    private static final int LONGEST_LINE = 65_536;

    private final Deque<String> first = new ArrayDeque<>();
    private final Deque<String> newest = new ArrayDeque<>();
    private int bytes;
    private long forgotten;

    /** Lines look as this makes them. */
    public LogTail(Formatter formatter) {
        setFormatter(formatter);
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        final String whole = getFormatter().format(entry).stripTrailing();
        // Whole or not at all: half a secret would not be found in it.
        final String line =
                whole.length() > LONGEST_LINE ? "(a line of " + whole.length() + " characters is left out)" : whole;
        (first.size() < FIRST ? first : newest).add(line);
        bytes += line.length();
        while (bytes > MOST_BYTES && !newest.isEmpty()) {
            bytes -= newest.removeFirst().length();
            forgotten++;
        }
    }

    /** What is remembered, the oldest first. */
    synchronized List<String> remembered() {
        return Stream.of(
                        first.stream(),
                        forgotten == 0
                                ? Stream.<String>empty()
                                : Stream.of("… " + forgotten + " lines are not remembered …"),
                        newest.stream())
                .flatMap(each -> each)
                .toList();
    }

    /** One line of it. */
    public record Line(String line) {}

    /** What this process remembers; empty where it remembers nothing. */
    static List<Line> lines() {
        return Stream.of(Logger.getLogger("").getHandlers())
                .filter(LogTail.class::isInstance)
                .flatMap(tail -> ((LogTail) tail).remembered().stream())
                .map(Line::new)
                .toList();
    }

    @Override
    public void flush() {
        // Nothing waits.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
