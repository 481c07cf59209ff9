package org.tandemgw.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** A process that says more than anybody can remember. */
class TalkativeLogTest {
    private final LogTail tail = new LogTail(new SimpleFormatter() {
        @Override
        public String format(LogRecord entry) {
            return entry.getMessage() + System.lineSeparator();
        }
    });

    @Test
    void shouldRememberItsFirstLinesAndTheNewestAndSayHowManyItDoesNot() {
        final int said = 100_000;
        for (int i = 1; i <= said; i++) {
            tail.publish(new LogRecord(Level.INFO, "line " + i + " of a long night"));
        }
        final List<String> lines = tail.remembered();

        assertEquals("line 1 of a long night", lines.get(0));
        assertEquals("line " + said + " of a long night", lines.get(lines.size() - 1));
        assertTrue(lines.stream().mapToInt(String::length).sum() <= LogTail.MOST_BYTES + 100);
        final String forgotten = lines.get(LogTail.FIRST);
        assertEquals("… " + (said - lines.size() + 1) + " lines are not remembered …", forgotten);
    }

    @Test
    void shouldKeepALineWholeOrNotAtAll() {
        tail.publish(new LogRecord(Level.INFO, "x".repeat(70_000)));
        assertEquals(List.of("(a line of 70000 characters is left out)"), tail.remembered());
    }
}
