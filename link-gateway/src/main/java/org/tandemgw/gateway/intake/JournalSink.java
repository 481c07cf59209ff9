package org.tandemgw.gateway.intake;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.tandemgw.gateway.arbiter.StreamSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.LatencyCounts;
import org.tandemgw.gateway.time.RecordClock;

/** Puts what the arbiter decides into the journal. Intake thread only. */
public final class JournalSink implements StreamSink {
    private static final int FROM_ACD = 0;

    private final LinkJournal journal;
    private final LatencyCounts arrivalToJournal = new LatencyCounts();
    private int frames;
    private long oldestAtNs;
    private int gaps;
    private int discontinuities;
    private volatile String lastGap = "";
    private volatile String lastDiscontinuity = "";

    /** Writes to this journal. */
    public JournalSink(LinkJournal journal) {
        this.journal = journal;
    }

    @Override
    public void frame(int leg, long atNs, boolean lost, byte[] buffer, int offset, int length, long dialectSequence) {
        if (lost) {
            final ByteBuffer description = ByteBuffer.wrap(buffer, offset, length);
            final long frameLength = description.getLong();
            final byte[] sha256 = new byte[32];
            description.get(sha256);
            journal.appendLost(
                    leg,
                    atNs,
                    frameLength,
                    HexFormat.of().formatHex(sha256),
                    "a frame of " + frameLength + " bytes is too long to carry; the limit is "
                            + LinkFrameDecoder.MAX_FRAME);
        } else {
            journal.appendFrame(leg, FROM_ACD, atNs, dialectSequence, buffer, offset, length);
        }
        oldestAtNs = frames++ == 0 ? atNs : Math.min(oldestAtNs, atNs);
    }

    @Override
    public void gap(long fromNs, long toNs, int legs, String why) {
        final long sequence = journal.appendGap(fromNs, toNs, legs, why);
        lastGap = "sequence " + sequence + ": nothing could be had from " + instant(fromNs) + " to " + instant(toNs)
                + " (" + why + ")" + earlier(gaps++);
    }

    @Override
    public void discontinuity(long atNs, int legs, String why) {
        final long sequence = journal.appendDiscontinuity(atNs, legs, why);
        lastDiscontinuity = "sequence " + sequence + ": " + why + earlier(discontinuities++);
    }

    /** All frames since the last call are in the journal: each counts as having taken as long as the oldest of them. One reading of the clock for all. */
    void endOfBatch(RecordClock clock) {
        if (frames > 0) {
            arrivalToJournal.add(clock.recordNs() - oldestAtNs, frames);
            frames = 0;
        }
    }

    /** How long frames took from their arrival until they were in the journal. Any thread may read. */
    LatencyCounts arrivalToJournal() {
        return arrivalToJournal;
    }

    /** What the last gap since the start was; empty if there was none. Any thread. */
    String lastGap() {
        return lastGap;
    }

    /** What the last discontinuity since the start was; empty if there was none. Any thread. */
    String lastDiscontinuity() {
        return lastDiscontinuity;
    }

    private static String earlier(int before) {
        return before == 0 ? "" : "; " + before + " more before it since the start";
    }

    private static Instant instant(long utcNs) {
        return Instant.ofEpochSecond(0, utcNs).truncatedTo(ChronoUnit.MILLIS);
    }
}
