package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.util.function.IntConsumer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * Puts one record after the other into the queue, and checks after each what the map from sequences to places rests on:
 * that they lie without a hole. Intake alone calls it; it allocates nothing per record. After an exception it must not be
 * used again: Chronicle's state is unknown then, and going on would hide or damage records.
 */
final class RecordAppender {
    private static final long NS_PER_MS = 1_000_000;

    private final ExcerptAppender appender;
    private final RollCycle rollCycle;
    private final QueueTime time;
    private final SequenceIndex index;
    private final DigestFile digestFile;
    private final DigestChain chain;
    private final IntConsumer onNewFile;
    private final RollFiles files;
    private final JournalRoom room;
    private final long rollNs;
    private final RecordCodec codec = new RecordCodec();
    private final Bytes<?> record = Bytes.allocateDirect(RecordCodec.HEADER_LENGTH + RecordCodec.MAX_LENGTH);

    private int cycle;
    private long firstOfCycle;
    private long firstAtNs;
    private long lastAtNs;
    private volatile boolean fileIsToEnd;
    private volatile long gaps;
    private volatile long discontinuities;

    /** @param onNewFile told the cycle of each new roll file, before the first record in it counts as appended */
    RecordAppender(
            SingleChronicleQueue queue,
            QueueTime time,
            SequenceIndex index,
            DigestFile digestFile,
            JournalTail tail,
            RollFiles files,
            JournalRoom room,
            IntConsumer onNewFile) {
        this.rollCycle = queue.rollCycle();
        this.time = time;
        this.index = index;
        this.digestFile = digestFile;
        this.chain = tail.chain();
        this.onNewFile = onNewFile;
        this.files = files;
        this.room = room;
        this.rollNs = queue.rollCycle().lengthInMillis() * NS_PER_MS;
        this.cycle = tail.cycle();
        this.firstOfCycle = tail.firstOfCycle();
        this.firstAtNs = tail.firstOfCycleAtNs();
        this.lastAtNs = tail.lastAtNs();
        this.gaps = tail.gaps();
        this.discontinuities = tail.discontinuities();
        time.advanceTo(tail.floorMs());
        this.appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
    }

    /** The time that a record of this arrival gets: it never decreases. */
    long clamped(long atNs) {
        return Math.max(atNs, lastAtNs);
    }

    void append(
            RecordKind kind,
            long sequence,
            long atNs,
            int leg,
            int direction,
            long dialectSequence,
            byte[] buffer,
            int offset,
            int length)
            throws IOException {
        lastAtNs = clamped(atNs);
        advance(Math.max(time.currentTimeMillis(), lastAtNs / NS_PER_MS), LinkJournal.bytesFor(length));
        final int crc =
                codec.encode(record, kind, sequence, lastAtNs, leg, direction, dialectSequence, buffer, offset, length);
        appender.writeBytes(record);
        room.appendedTo(appender.wire().bytes().writePosition());
        checkPlace(sequence, appender.lastIndexAppended());
        if (kind == RecordKind.GAP) {
            gaps = gaps + 1;
        } else if (kind == RecordKind.DISCONTINUITY) {
            discontinuities = discontinuities + 1;
        }
        if (chain.add(sequence, crc)) {
            digestFile.write(sequence / DigestChain.BLOCK, chain.digest(), gaps, discontinuities);
        }
    }

    /** The queue's time goes into the next cycle only when the file for it is ready. */
    private void advance(long toMs, long bytes) throws IOException {
        final int wanted = wantedCycle(toMs);
        if (wanted == cycle) {
            time.advanceTo(toMs);
        } else if (room.roll(wanted, bytes)) {
            time.advanceTo(Math.max(toMs, files.startMs(wanted)));
        } else if (!mayGoOn()) {
            throw new IOException("no file is ready for cycle " + wanted);
        }
    }

    /**
     * That of the time. But cycles may be ahead of it, as starts that may not go on in a file take the next one: a file ends
     * also when it has lasted as long as a cycle, else it would last until the time has come to where its name is.
     */
    private int wantedCycle(long toMs) {
        final int ofTime = files.cycleOf(toMs);
        final boolean over = cycle >= 0 && (fileIsToEnd || lastAtNs - firstAtNs >= rollNs);
        return over ? Math.max(ofTime, cycle + 1) : ofTime;
    }

    /** The next record begins a new file, whatever its time, if one is ready; else the first for which one is. Any thread. */
    void endFile() {
        fileIsToEnd = true;
    }

    private void checkPlace(long sequence, long queueIndex) {
        final int nowIn = rollCycle.toCycle(queueIndex);
        if (nowIn != cycle) {
            cycle = nowIn;
            firstOfCycle = sequence;
            firstAtNs = lastAtNs;
            fileIsToEnd = false;
            index.started(nowIn, sequence);
            onNewFile.accept(nowIn);
        }
        final long slot = rollCycle.toSequenceNumber(queueIndex);
        if (slot != sequence - firstOfCycle) {
            throw new IllegalStateException("record " + sequence + " came to slot " + slot + " of cycle " + nowIn
                    + ", which begins with " + firstOfCycle);
        }
    }

    /** The time of the last record, 0 before the first. */
    long lastAtNs() {
        return lastAtNs;
    }

    /** True if the next record may go to the file of the last one, whatever its time. */
    boolean mayGoOn() {
        return cycle >= 0 && files.cycleOf(time.currentTimeMillis()) == cycle;
    }

    /** The cycle of the last record, or -1 before the first of a new file. */
    int cycle() {
        return cycle;
    }

    /** Any thread. */
    long gaps() {
        return gaps;
    }

    /** Any thread. */
    long discontinuities() {
        return discontinuities;
    }

    void close() {
        appender.close();
        record.releaseLast();
    }
}
