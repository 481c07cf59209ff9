package org.tandemgw.gateway.journal;

import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** Reads one journal in order. Belongs to the thread that uses it; never blocks. */
public final class JournalReader implements RecordSource {
    /** So far it is quicker to go from record to record than to look a place up. */
    private static final long NEAR = 256;

    private final QueueCursor cursor = new QueueCursor();
    private final DamageLog damage;
    private final SequenceIndex index;
    private final LongSupplier oldest;
    private final LongSupplier floor;
    private final LongUnaryOperator limit;
    private final Runnable onClose;

    private long position = 1;
    private long floorSeen;

    /** What was read ahead beyond this may be what a killed process did not finish, and is written over. */
    private long trusted;

    /** Up to here it is known that nothing can be read, and why. */
    private long lostThrough;

    private String lostWhy;

    private boolean elsewhere;
    private boolean closed;

    /**
     * @param damage told of each record that cannot be read
     * @param oldest the oldest sequence kept, which may take a look at the files
     * @param floor nothing below is kept any more; asked for each record
     * @param limit the last sequence that may be read, given the next one wanted
     */
    JournalReader(
            SequenceIndex index,
            DamageLog damage,
            LongSupplier oldest,
            LongSupplier floor,
            LongUnaryOperator limit,
            Runnable onClose) {
        this.damage = damage;
        this.index = index;
        this.oldest = oldest;
        this.floor = floor;
        this.limit = limit;
        this.onClose = onClose;
    }

    /** Makes {@code sequence} the next one returned. False if it is neither kept nor the next to come. */
    public boolean seek(long sequence) {
        if (sequence < oldest.getAsLong() || sequence > limit.applyAsLong(sequence) + 1) {
            return false;
        }
        position = sequence;
        lostThrough = 0;
        return true;
    }

    /** The same without asking whether it is kept: {@link #next} will tell. */
    void goTo(long sequence) {
        elsewhere |= sequence < position || sequence - position > NEAR;
        lostThrough = sequence < position ? 0 : lostThrough;
        position = sequence;
    }

    /** The sequence that {@link #next} would return. */
    public long position() {
        return position;
    }

    /**
     * True if the record that {@link #next} would return was dropped meanwhile: it returns nothing more until the reader is
     * moved by {@link #seek}. A reader that is called when files are dropped keeps none of their space.
     */
    @Override
    public boolean lostItsPlace() {
        final long now = floor.getAsLong();
        if (now > floorSeen && !closed) {
            floorSeen = now;
            cursor.close();
        }
        return position < floorSeen;
    }

    /**
     * Reads the next readable record. False if there is none yet, or the reader has lost its place. A record that is stored but cannot be read comes as kind
     * LOST, {@link JournalRecord#damaged() damaged}, and reading goes on behind it.
     */
    @Override
    public boolean next(JournalRecord into) {
        final long end = limit.applyAsLong(position);
        if (closed || position > end || lostItsPlace()) {
            return false;
        }
        if (position <= lostThrough) {
            lost(into);
            position++;
            return true;
        }
        if (position > trusted) {
            cursor.readAgainFrom(position);
            trusted = end;
        }
        String wrong = elsewhere ? QueueCursor.NOTHING : cursor.read(position, into);
        elsewhere = false;
        if (wrong != null) {
            wrong = index.moveTo(position, cursor) ? cursor.read(position, into) : QueueCursor.NOTHING;
        }
        if (wrong != null) {
            if (isDropped()) {
                return false;
            }
            lostWhy = wrong;
            lostThrough = Math.min(end, lostThrough(wrong, end));
            lost(into);
        }
        position++;
        return true;
    }

    /** Not damage, but dropped a moment ago, or by another process. */
    private boolean isDropped() {
        final long kept = Math.max(floor.getAsLong(), oldest.getAsLong());
        if (position >= kept) {
            return false;
        }
        floorSeen = kept;
        cursor.close();
        return true;
    }

    /** How far the reason goes that this record cannot be read for: a run of them costs no search for each. */
    private long lostThrough(String why, long end) {
        if (why.equals(QueueCursor.NOTHING)) {
            final SequenceIndex.Hole hole = index.hole(position, end);
            damage.met(hole.from(), hole.through(), hole.in());
            return hole.through();
        }
        final long through = cursor.lostThrough(position);
        damage.met(position, through, cursor.map().path());
        return through;
    }

    private void lost(JournalRecord into) {
        final byte[] json = RecordJson.unreadable(position, lostWhy);
        into.ensureCapacity(json.length);
        System.arraycopy(json, 0, into.bytes, 0, json.length);
        into.set(RecordKind.LOST, position, into.atNs, 0, 0, -1, cursor.crcOf(json, json.length), json.length);
        into.damaged = true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cursor.close();
            onClose.run();
        }
    }
}
