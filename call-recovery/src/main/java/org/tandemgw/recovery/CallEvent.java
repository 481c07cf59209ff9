package org.tandemgw.recovery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One thing that an ACD said about a call or an agent, free of its dialect. A carrier that its decoder owns, fills and hands to
 * the call table again and again; it copies texts and allocates nothing. Not for several threads.
 *
 * <p>What a dialect does not say stays empty or 0. CSTA tells no time and no sequence of its own, CDR only ends of calls, AMI
 * everything but often in several frames; so only kind, sequence, arrival and an id are demanded.
 */
public final class CallEvent {
    /** The longest text in bytes: Asterisk's ids have at most 150. */
    public static final int MAX_TEXT_BYTES = 255;

    private static final int STRIDE = MAX_TEXT_BYTES + 1;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes = new byte[CallText.COUNT * STRIDE];
    private final int[] lengths = new int[CallText.COUNT];

    private CallEventKind kind;
    private Media media;
    private long sequence;
    private long arrivedNs;
    private long acdNs;
    private long startedNs;
    private long sinceNs;
    private long agoNs;
    private boolean listed;
    private boolean onCall;
    private boolean distributed;
    private boolean unusable;

    /**
     * Forgets everything and begins anew.
     *
     * @param sequence of the journal record that this is read from; several events may have the same, none a lower one
     * @param arrivedNs when that record arrived, UTC
     */
    public CallEvent begin(CallEventKind kind, long sequence, long arrivedNs) {
        this.kind = kind;
        this.sequence = sequence;
        this.arrivedNs = arrivedNs;
        media = null;
        acdNs = 0;
        startedNs = 0;
        sinceNs = 0;
        agoNs = 0;
        listed = false;
        onCall = false;
        distributed = false;
        unusable = false;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = 0;
        }
        return this;
    }

    /** Becomes what another one is. */
    public CallEvent copyOf(CallEvent from) {
        kind = from.kind;
        media = from.media;
        sequence = from.sequence;
        arrivedNs = from.arrivedNs;
        acdNs = from.acdNs;
        startedNs = from.startedNs;
        sinceNs = from.sinceNs;
        agoNs = from.agoNs;
        listed = from.listed;
        onCall = from.onCall;
        distributed = from.distributed;
        unusable = from.unusable;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = from.lengths[i];
            if (lengths[i] != 0) {
                System.arraycopy(
                        from.bytes, i * STRIDE, bytes, i * STRIDE, lengths[i] + 8 & ~7); // with the zeros at its end
            }
        }
        return this;
    }

    /** The ACD's own time of this event, UTC; 0 if it told none. Durations are measured by it where it is told. */
    public CallEvent acdNs(long ns) {
        acdNs = ns;
        return this;
    }

    /** When the call started, where this event tells it (AMI: the number that its {@code Linkedid} begins with); else 0. */
    public CallEvent startedNs(long ns) {
        startedNs = ns;
        return this;
    }

    /** Since when what is said has been so, where a list tells it (AMI: {@code Wait} of a queue's entry); else 0. */
    public CallEvent sinceNs(long ns) {
        sinceNs = ns;
        return this;
    }

    /** How long before its record this happened, for a dialect that tells of a call when it is over; else 0. Interval statistics have the whole of it where the record came. */
    public CallEvent agoNs(long ns) {
        agoNs = ns;
        return this;
    }

    /** This is one item of the ACD's list of what there is, not something that happens now. */
    public CallEvent listed(boolean is) {
        listed = is;
        return this;
    }

    /** A list's item about an agent says that he is on a call of this queue, whichever that is. */
    public CallEvent onCall(boolean is) {
        onCall = is;
        return this;
    }

    /**
     * A queue gives the call to somebody: a leg that is {@link CallEventKind#DIVERTED} so waits no more because he is rung, and one that is {@link CallEventKind#CONNECTED} so is his
     * who has answered. For dialects whose queues have legs of their own.
     */
    public CallEvent distributed(boolean is) {
        distributed = is;
        return this;
    }

    /** Null where it is not told: then the call keeps what it has, and a new one is voice. */
    public CallEvent media(Media told) {
        media = told;
        return this;
    }

    /** Copies a text. An identity longer than {@link #MAX_TEXT_BYTES} makes the event unusable, another text is cut. */
    public CallEvent text(CallText field, byte[] from, int offset, int length) {
        int kept = length;
        if (length > MAX_TEXT_BYTES) {
            unusable |= field.identity();
            kept = MAX_TEXT_BYTES;
            while (kept > MAX_TEXT_BYTES - 4 && (from[offset + kept] & 0xC0) == 0x80) {
                kept--; // not within a letter
            }
        }
        final int base = field.ordinal() * STRIDE;
        LONGS.set(bytes, base + (kept & ~7), 0L); // what is compared and hashed by eight has zeros at its end
        System.arraycopy(from, offset, bytes, base, kept);
        lengths[field.ordinal()] = kept;
        return this;
    }

    /** The same from a string, in UTF-8. Allocates: for tests and for what is rare. */
    public CallEvent text(CallText field, String text) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return text(field, utf8, 0, utf8.length);
    }

    public CallEventKind kind() {
        return kind;
    }

    public Media media() {
        return media;
    }

    public long sequence() {
        return sequence;
    }

    public long arrivedNs() {
        return arrivedNs;
    }

    public long acdNs() {
        return acdNs;
    }

    public long startedNs() {
        return startedNs;
    }

    public long sinceNs() {
        return sinceNs;
    }

    public long agoNs() {
        return agoNs;
    }

    public boolean listed() {
        return listed;
    }

    boolean onCall() {
        return onCall;
    }

    boolean distributed() {
        return distributed;
    }

    public boolean has(CallText field) {
        return lengths[field.ordinal()] != 0;
    }

    /** Empty if there is none. Allocates: for logs, the life of one call, tests. */
    public String text(CallText field) {
        return new String(bytes, field.ordinal() * STRIDE, lengths[field.ordinal()], StandardCharsets.UTF_8);
    }

    /** The ACD's time if it told one, else the time of arrival. */
    long timeNs() {
        return acdNs != 0 ? acdNs : arrivedNs;
    }

    boolean unusable() {
        return unusable;
    }

    int length(CallText field) {
        return lengths[field.ordinal()];
    }

    /** The field's bytes from 8 × {@code index} on, first byte lowest, with zeros behind the end. */
    long eight(CallText field, int index) {
        return (long) LONGS.get(bytes, field.ordinal() * STRIDE + (index << 3));
    }

    /** The bytes from there on as {@link #eight(CallText, int)} has them. */
    static long eight(byte[] bytes, int at) {
        if (at + Long.BYTES <= bytes.length) {
            return (long) LONGS.get(bytes, at);
        }
        long eight = 0;
        for (int i = bytes.length - 1; i >= at; i--) {
            eight = eight << 8 | bytes[i] & 0xFF;
        }
        return eight;
    }

    /** Writes eight bytes, or as many as there are. */
    static void eight(byte[] to, int at, long eight, int bytes) {
        if (bytes >= Long.BYTES) {
            LONGS.set(to, at, eight);
            return;
        }
        for (int i = 0; i < bytes; i++) {
            to[at + i] = (byte) (eight >>> (i << 3));
        }
    }

    @Override
    public String toString() {
        final StringBuilder out =
                new StringBuilder(120).append(sequence).append(' ').append(kind);
        for (final CallText field : CallText.values()) {
            if (has(field)) {
                out.append(' ').append(field).append('=').append(text(field));
            }
        }
        return out.append(listed ? " listed" : "")
                .append(onCall ? " on a call" : "")
                .append(distributed ? " distributed" : "")
                .append(unusable ? " unusable" : "")
                .toString();
    }
}
