package org.tandemgw.gateway.calls;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandemgw.gateway.calls.CdrFields.Item;
import org.tandemgw.profiles.CdrRecords;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;

/**
 * What a record of call details says: a call has ended, which began and was answered so long before. It remembers nothing. A line that is no such record, as a date,
 * gives no events. Belongs to the thread of the one who reads; allocates nothing per record.
 *
 * <p>The call's id is its UCID, where the record has one, else the number of the record in the journal: then each record is a call of its own.
 */
public final class CdrCallDecoder implements CallDecoder {
    private static final byte[] BY_RECORD = ascii("cdr-");
    private static final byte[] IN = ascii("in");
    private static final byte[] OUT = ascii("out");
    private static final int CIRCUIT_DIGITS = 3;
    private static final int MOST_DIGITS = 19;
    /** Of an access code, and of a circuit: a form says of none that it is so long. */
    private static final int MOST_TRUNK_BYTES = CallEvent.MAX_TEXT_BYTES / 2;

    private final CdrFields fields;
    private final CallEvent event = new CallEvent();
    private final byte[] name = new byte[CallEvent.MAX_TEXT_BYTES + MOST_DIGITS];
    private final boolean[] noCall;
    private final boolean[] unanswered;
    private final boolean dayFirst;
    private final boolean reversed;
    private final CdrClock clock;
    private final Consumer<CallEvent> out;

    /**
     * A decoder of records as this profile describes them.
     *
     * @param out gets each event; it is only valid during the call
     */
    public CdrCallDecoder(CdrRecords records, Consumer<CallEvent> out) {
        this.fields = new CdrFields(records);
        this.noCall = codes(records.noCall());
        this.unanswered = codes(records.unanswered());
        this.dayFirst = records.dateOrder() == CdrRecords.DateOrder.DAY_FIRST;
        this.reversed = records.circuits() == CdrRecords.Circuits.TENS_UNITS_HUNDREDS;
        this.clock = records.timeZone().map(CdrClock::new).orElse(null);
        this.out = out;
    }

    private static boolean[] codes(Set<String> codes) {
        final boolean[] all = new boolean[256];
        codes.forEach(code -> all[code.charAt(0)] = true);
        return all;
    }

    @Override
    public boolean tellsOnlyOfEnds() {
        return true;
    }

    @Override
    public long recordOf(String id) {
        return id.matches("cdr-[1-9][0-9]{0,17}") ? Long.parseLong(id.substring(BY_RECORD.length)) : -1;
    }

    @Override
    public void decode(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
        fields.read(buffer, offset, length);
        final long lastedNs = lastedNs();
        if (lastedNs < 0 || timeOfDayNs() == -1 || is(noCall)) {
            return;
        }
        final long endNs = endNs(arrivedNs);
        begin(CallEventKind.BORN, sequence, arrivedNs, endNs - lastedNs, lastedNs);
        fields.copy(Item.CALLING_OR_TRUNK, CallText.CALLING, event);
        fields.copy(Item.CALLING, CallText.CALLING, event);
        fields.copy(Item.DIALED, CallText.CALLED, event);
        trunk();
        out.accept(event);
        if (!is(unanswered)) {
            begin(CallEventKind.CONNECTED, sequence, arrivedNs, endNs - lastedNs, lastedNs);
            out.accept(event);
        }
        begin(CallEventKind.CLEARED, sequence, arrivedNs, endNs, 0);
        fields.copy(Item.CONDITION, CallText.CAUSE, event);
        out.accept(event);
    }

    /** Nobody lists calls on this feed: it is of a dialect that the ACD had before, and says nothing any more. */
    @Override
    public void item(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {}

    private void begin(CallEventKind kind, long sequence, long arrivedNs, long atNs, long agoNs) {
        event.begin(kind, sequence, arrivedNs).acdNs(atNs).agoNs(agoNs);
        if (fields.has(Item.UCID)) {
            fields.copy(Item.UCID, CallText.CALL, event);
        } else {
            event.text(CallText.CALL, name, 0, number(sequence, append(BY_RECORD, 0)));
        }
    }

    private boolean is(boolean[] codes) {
        return fields.length(Item.CONDITION) == 1 && codes[fields.at(Item.CONDITION, 0) & 0xFF];
    }

    /** How long the call was; -1 if it is not told. The record has seconds, or hours, minutes and tenths of one. */
    private long lastedNs() {
        final int seconds = fields.number(Item.SECONDS);
        if (seconds >= 0) {
            return TimeUnit.SECONDS.toNanos(seconds);
        }
        final int digits = fields.number(Item.DURATION);
        if (digits < 0 || digits > 99_999) {
            return -1;
        }
        final long minutes = digits / 1_000 * 60L + digits / 10 % 100;
        return TimeUnit.SECONDS.toNanos(minutes * 60 + digits % 10 * 6L);
    }

    /** Since midnight; -1 if what stands there is none, -2 if the record has no such item. */
    private long timeOfDayNs() {
        if (fields.width(Item.TIME) == 0) {
            return -2;
        }
        final int length = fields.length(Item.TIME);
        final int hours = fields.number(Item.TIME, 0, length - 2 - (length > 4 ? 2 : 0));
        final int minutes = fields.number(Item.TIME, length > 4 ? length - 4 : length - 2, 2);
        final int seconds = length > 4 ? fields.number(Item.TIME, length - 2, 2) : 0;
        return hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59
                ? -1
                : TimeUnit.SECONDS.toNanos(hours * 3_600L + minutes * 60L + seconds);
    }

    /** Without a zone nobody knows what the ACD's clock means: then the call ended when its record came. */
    private long endNs(long arrivedNs) {
        final long timeOfDayNs = timeOfDayNs();
        return clock == null || timeOfDayNs < 0 ? arrivedNs : clock.utcNs(timeOfDayNs, day(), arrivedNs);
    }

    private long day() {
        if (fields.length(Item.DATE) != 6) {
            return Long.MIN_VALUE;
        }
        final int first = fields.number(Item.DATE, 0, 2);
        final int second = fields.number(Item.DATE, 2, 2);
        final int year = fields.number(Item.DATE, 4, 2);
        return year < 0 ? Long.MIN_VALUE : CdrClock.day(year, dayFirst ? second : first, dayFirst ? first : second);
    }

    /** The trunk that the call came in on, else the one that it went out on: access code and circuit. */
    private void trunk() {
        final boolean incoming = fields.has(Item.IN_CIRCUIT) || fields.has(Item.IN_TRUNK);
        if (!incoming && !fields.has(Item.OUT_CIRCUIT)) {
            return;
        }
        final Item code = incoming ? Item.IN_TRUNK : Item.CODE_USED;
        final Item circuit = incoming ? Item.IN_CIRCUIT : Item.OUT_CIRCUIT;
        int at = fields.has(code) ? fields.copy(code, name, 0, MOST_TRUNK_BYTES) : append(incoming ? IN : OUT, 0);
        if (fields.has(circuit)) {
            name[at++] = '-';
            final int circuitAt = at;
            at = fields.copy(circuit, name, at, MOST_TRUNK_BYTES);
            if (reversed && at - circuitAt == CIRCUIT_DIGITS) {
                final byte hundreds = name[circuitAt + 2];
                name[circuitAt + 2] = name[circuitAt + 1];
                name[circuitAt + 1] = name[circuitAt];
                name[circuitAt] = hundreds;
            }
        }
        event.text(CallText.TRUNK, name, 0, at);
    }

    private int append(byte[] text, int at) {
        System.arraycopy(text, 0, name, at, text.length);
        return at + text.length;
    }

    private int number(long number, int at) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--, rest /= 10) {
            name[i] = (byte) ('0' + rest % 10);
        }
        return at + digits;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
