package org.tandemgw.gateway.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a syslog gets, read by somebody else's rules: RFC 5424, sections 6 and 7. */
class SyslogTextTest {
    private static final Instant AT = Instant.parse("2026-11-21T06:00:00.123456789Z");

    private final SyslogText text = new SyslogText("hq \"east\" ]", "tandem-1.example", 4711, "1.3.6.1.4.1.8072.9999");

    @Test
    void shouldCarryTheAlarmAsStructuredDataAndAsASentence() {
        final SyslogMessage read = read("alarmRaised", "critical", "acd1", "neither leg is up", 0);
        assertEquals(3 * 8 + 2, read.priority());
        assertEquals(Instant.parse("2026-11-21T06:00:00.123Z"), read.at().toInstant());
        assertEquals("tandem-1.example", read.host());
        assertEquals("tandem", read.application());
        assertEquals("4711", read.process());
        assertEquals("alarmRaised", read.id());
        assertEquals("tandem@8072.9999", read.element());
        assertEquals(
                Map.of(
                        "number",
                        "12",
                        "site",
                        "hq \"east\" ]",
                        "alarm",
                        "3",
                        "name",
                        "linkLost",
                        "severity",
                        "critical",
                        "object",
                        "acd1",
                        "since",
                        "2026-11-21T06:00:00.123456789Z"),
                read.data());
        assertEquals("critical linkLost acd1: neither leg is up", read.text());
    }

    @Test
    void shouldGiveEachSeverityItsNumber() {
        assertEquals(3, read("alarmRaised", "major", "x", "", 0).severity());
        assertEquals(4, read("alarmRaised", "minor", "x", "", 0).severity());
        assertEquals(5, read("alarmRaised", "warning", "x", "", 0).severity());
        assertEquals(5, read("alarmCleared", "critical", "x", "", 0).severity());
        final Message test = new Message(1, "selfTest", AT, "a test", null);
        assertEquals(6, SyslogMessage.parse(text.of(test, 0)).severity());
    }

    @Test
    void shouldSayHowManyWereDropped() {
        final SyslogMessage read = read("alarmRaised", "major", "x", "y", 7);
        assertEquals("7", read.data().get("dropped"));
        assertTrue(read.text().endsWith(" (7 messages before this one were dropped)"), read.text());
    }

    @Test
    void shouldLetNothingBreakTheForm() {
        final SyslogMessage read = read("alarmRaised", "major", "a\"]\\\n[b", "two\nlines, and ümläute \u2603", 0);
        assertEquals("a\"]\\ [b", read.data().get("object"));
        assertTrue(read.text().endsWith("two lines, and ümläute \u2603"), read.text());
        final Message longest =
                new Message(Long.MAX_VALUE, "alarmRaised", AT, "é".repeat(255), subject("major", "é".repeat(900)));
        assertTrue(text.of(longest, Long.MAX_VALUE).length <= 2_048, "every receiver takes 2,048 bytes or should");
        assertEquals(
                "-",
                SyslogMessage.parse(new SyslogText("s", "ü ", 1, "1.3.6.1.4.1.1").of(longest, 0))
                        .host());
    }

    private SyslogMessage read(String kind, String severity, String object, String said, long dropped) {
        final byte[] bytes = text.of(new Message(12, kind, AT, said, subject(severity, object)), dropped);
        final String line = new String(bytes, StandardCharsets.UTF_8);
        assertTrue(line.lines().count() == 1, line);
        return SyslogMessage.parse(bytes);
    }

    private static Message.Subject subject(String severity, String object) {
        return new Message.Subject(3, "linkLost", severity, object, AT);
    }
}
