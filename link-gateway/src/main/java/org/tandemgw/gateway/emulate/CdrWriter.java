package org.tandemgw.gateway.emulate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.tandemgw.profiles.CdrRecords;

/** Writes the records of a simulated Communication Manager in the form that a profile describes. Pure. */
final class CdrWriter {
    private final CdrRecords records;
    private final byte[] ending;
    private final int nuls;

    CdrWriter(CdrRecords records) {
        this.records = records;
        this.ending = records.ending();
        int count = 0;
        while (count < ending.length && ending[ending.length - 1 - count] == 0) {
            count++;
        }
        this.nuls = count;
    }

    /** The record of a call. The NULs that the one before is followed by stand in front of it, as whoever reads to a line feed has them. */
    byte[] record(CdrCall call) {
        final LocalDateTime ended = LocalDateTime.ofInstant(Instant.ofEpochMilli(call.endedMs()), ZoneOffset.UTC);
        final StringBuilder text = new StringBuilder(nuls + 160);
        text.append("\0".repeat(nuls));
        for (final CdrRecords.Item item : records.items()) {
            if (item.to() <= records.textLength()) {
                text.append(fitted(value(item.name(), call, ended), item.width()));
            }
        }
        text.append(new String(ending, 0, ending.length - nuls, StandardCharsets.US_ASCII));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private String value(String item, CdrCall call, LocalDateTime ended) {
        return switch (item) {
            case "date" ->
                records.dateOrder() == CdrRecords.DateOrder.DAY_FIRST
                        ? two(ended.getDayOfMonth()) + two(ended.getMonthValue()) + two(ended.getYear() % 100)
                        : two(ended.getMonthValue()) + two(ended.getDayOfMonth()) + two(ended.getYear() % 100);
            case "time" -> two(ended.getHour()) + two(ended.getMinute());
            case "duration" -> call.seconds() / 3_600 + two(call.seconds() / 60 % 60) + call.seconds() % 60 / 6;
            case "sec-dur" -> String.format(Locale.ROOT, "%05d", call.seconds());
            case "cond-code" -> String.valueOf(call.condition());
            case "calling-num" -> call.calling();
            case "dialed-num" -> call.called();
            case "in-trk-code" -> call.incoming() ? call.trunk() : "";
            case "code-used" -> call.incoming() ? "" : call.trunk();
            case "in-crt-id" -> call.incoming() ? circuit(call) : "";
            case "out-crt-id" -> call.incoming() || call.trunk().isEmpty() ? "" : circuit(call);
            case "line-feed" -> "\n";
            default -> "";
        };
    }

    private String circuit(CdrCall call) {
        final String digits = String.format(Locale.ROOT, "%03d", call.circuit());
        return records.circuits() == CdrRecords.Circuits.TENS_UNITS_HUNDREDS
                ? digits.substring(1) + digits.charAt(0)
                : digits;
    }

    /** On the right, as the ACD writes it; of what is too long the end. */
    private static String fitted(String value, int width) {
        return value.length() >= width
                ? value.substring(value.length() - width)
                : " ".repeat(width - value.length()) + value;
    }

    private static String two(int number) {
        return String.format(Locale.ROOT, "%02d", number);
    }
}
