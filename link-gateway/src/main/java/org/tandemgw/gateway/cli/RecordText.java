package org.tandemgw.gateway.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordKind;

/** Records as people read them. Pure. */
final class RecordText {
    private RecordText() {}

    /** One line; {@code bytes} stand for the frame's. */
    static String line(JournalRecord record, byte[] bytes, int length) {
        return record.sequence() + "  " + Instant.ofEpochSecond(0, record.atNs()) + "  "
                + (record.kind() == RecordKind.FRAME
                        ? "leg " + record.leg() + (record.direction() == 0 ? "  " : " to the ACD  ")
                                + printable(bytes, length)
                        : record.kind().word().toUpperCase(Locale.ROOT) + "  "
                                + new String(record.bytes(), 0, record.length(), StandardCharsets.UTF_8));
    }

    /** ASCII as it is, the rest escaped: a terminal obeys what it is sent. */
    private static String printable(byte[] bytes, int length) {
        final StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            final int c = bytes[i] & 0xff;
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        text.append((char) c);
                    } else {
                        text.append(String.format("\\x%02x", c));
                    }
                }
            }
        }
        return text.toString();
    }
}
