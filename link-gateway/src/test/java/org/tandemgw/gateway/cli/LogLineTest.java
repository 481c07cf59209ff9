package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** One line for each thing that happened. */
class LogLineTest {
    @Test
    void shouldBeOneLineWithUtcLevelThreadLoggerAndMessage() {
        final LogRecord entry = entry("leg {0} is down", null);
        entry.setParameters(new Object[] {2});

        assertEquals(
                "2026-11-21T06:00:00.123Z WARN  [" + Thread.currentThread().getName() + "] AcdLeg: leg 2 is down\n",
                new LogLine(false).format(entry));
    }

    @Test
    void shouldKeepWhatOthersSayOnThatLine() {
        final String line = new LogLine(false)
                .format(entry("it said \"x\r\n2026 ERROR all lost\"", new IllegalStateException("a\nb")));

        assertEquals(1, line.lines().count(), line);
        assertTrue(line.contains("(java.lang.IllegalStateException: a\\nb at org.tandemgw."), line);
    }

    @Test
    void shouldGiveTheWholeTraceInDebug() {
        final String text = new LogLine(true).format(entry("failed", new IllegalStateException("x")));

        assertTrue(text.lines().count() > 3, text);
    }

    private static LogRecord entry(String message, Throwable thrown) {
        final LogRecord entry = new LogRecord(Level.WARNING, message);
        entry.setLoggerName("org.tandemgw.gateway.leg.AcdLeg");
        entry.setInstant(Instant.parse("2026-11-21T06:00:00.123456789Z"));
        entry.setThrown(thrown);
        return entry;
    }
}
