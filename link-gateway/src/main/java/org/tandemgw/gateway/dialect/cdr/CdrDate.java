package org.tandemgw.gateway.dialect.cdr;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.tandemgw.profiles.CdrRecords;

/** A date record: month and day, written together or with a space between, in the order that the site has set. Pure. */
public final class CdrDate {
    private final boolean dayFirst;
    private final boolean spaced;
    private final byte[] lineEnd;

    /** As the ACD of this profile writes it. */
    public CdrDate(CdrRecords records) {
        dayFirst = records.dateOrder() == CdrRecords.DateOrder.DAY_FIRST;
        spaced = records.dateForm() == CdrRecords.DateForm.SPACED;
        lineEnd = lineEnd(records.ending());
    }

    /** Without NULs: they come with the record behind it. */
    private static byte[] lineEnd(byte[] ending) {
        int length = ending.length;
        while (length > 0 && ending[length - 1] == 0) {
            length--;
        }
        return java.util.Arrays.copyOf(ending, length);
    }

    /** Whether this text, without what stands around it, is one; either form is. */
    public boolean is(byte[] buffer, int from, int to) {
        final int length = to - from;
        if (length != 4 && (length != 5 || buffer[from + 2] != ' ')) {
            return false;
        }
        final int first = number(buffer, from);
        final int second = number(buffer, to - 2);
        final int month = dayFirst ? second : first;
        final int day = dayFirst ? first : second;
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    /** The record of a day, with its end. */
    public byte[] of(LocalDate day) {
        final int first = dayFirst ? day.getDayOfMonth() : day.getMonthValue();
        final int second = dayFirst ? day.getMonthValue() : day.getDayOfMonth();
        final String text = String.format(java.util.Locale.ROOT, spaced ? "%02d %02d" : "%02d%02d", first, second);
        return (text + new String(lineEnd, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
    }

    private static int number(byte[] buffer, int at) {
        final int tens = buffer[at] - '0';
        final int units = buffer[at + 1] - '0';
        return tens < 0 || tens > 9 || units < 0 || units > 9 ? -1 : 10 * tens + units;
    }
}
