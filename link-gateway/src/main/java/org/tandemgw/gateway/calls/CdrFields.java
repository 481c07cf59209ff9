package org.tandemgw.gateway.calls;

import java.util.Optional;
import org.tandemgw.gateway.dialect.cdr.CdrText;
import org.tandemgw.profiles.CdrRecords;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallText;

/** Where the values of one record stand in its bytes, by the columns of the profile. Blanks around a value do not belong to it. Allocates nothing per record. */
final class CdrFields {
    /** The items that say something about a call; others are passed over. */
    enum Item {
        DATE("date"),
        TIME("time"),
        DURATION("duration"),
        SECONDS("sec-dur"),
        CONDITION("cond-code"),
        CALLING("calling-num"),
        CALLING_OR_TRUNK("clg-num/in-tac"),
        DIALED("dialed-num"),
        CODE_USED("code-used"),
        IN_TRUNK("in-trk-code"),
        IN_CIRCUIT("in-crt-id"),
        OUT_CIRCUIT("out-crt-id"),
        UCID("ucid");

        private final String name;

        Item(String name) {
            this.name = name;
        }
    }

    private final int[] column = new int[Item.values().length];
    private final int[] width = new int[Item.values().length];
    private final int[] from = new int[Item.values().length];
    private final int[] to = new int[Item.values().length];
    private byte[] buffer;

    CdrFields(CdrRecords records) {
        for (final Item item : Item.values()) {
            final Optional<CdrRecords.Item> known = records.item(item.name);
            column[item.ordinal()] = known.map(CdrRecords.Item::from).orElse(0);
            width[item.ordinal()] = known.map(CdrRecords.Item::width).orElse(0);
        }
    }

    /** Looks where everything stands in this record. */
    void read(byte[] bytes, int offset, int length) {
        buffer = bytes;
        final int start = CdrText.from(bytes, offset, offset + length);
        final int end = CdrText.to(bytes, start, offset + length);
        for (int i = 0; i < column.length; i++) {
            int first = Math.min(end, start + column[i]);
            int last = Math.min(end, start + column[i] + width[i]);
            while (first < last && bytes[first] == ' ') {
                first++;
            }
            while (first < last && bytes[last - 1] == ' ') {
                last--;
            }
            from[i] = first;
            to[i] = last;
        }
    }

    boolean has(Item item) {
        return to[item.ordinal()] > from[item.ordinal()];
    }

    int length(Item item) {
        return to[item.ordinal()] - from[item.ordinal()];
    }

    int width(Item item) {
        return width[item.ordinal()];
    }

    byte at(Item item, int index) {
        return buffer[from[item.ordinal()] + index];
    }

    /** Its digits as a number; -1 if it has none, or anything else. */
    int number(Item item) {
        return has(item) ? number(item, 0, length(item)) : -1;
    }

    /** The same of some of its digits. */
    int number(Item item, int first, int count) {
        if (first < 0 || count < 1 || count > 9 || first + count > length(item)) {
            return -1;
        }
        int number = 0;
        for (int i = first; i < first + count; i++) {
            final int digit = at(item, i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    void copy(Item item, CallText as, CallEvent event) {
        if (has(item)) {
            event.text(as, buffer, from[item.ordinal()], length(item));
        }
    }

    /** Writes it, or its first so many bytes; returns where that ends. */
    int copy(Item item, byte[] into, int at, int most) {
        final int length = Math.min(most, length(item));
        System.arraycopy(buffer, from[item.ordinal()], into, at, length);
        return at + length;
    }
}
