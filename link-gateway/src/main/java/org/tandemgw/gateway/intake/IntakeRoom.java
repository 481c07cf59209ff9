package org.tandemgw.gateway.intake;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.journal.LinkJournal;

/**
 * How many bytes of a leg may go on to the arbiter, so that whatever it makes of them has room on the disk. Intake thread.
 *
 * <p>What the arbiter holds may come out at any time, with the next frame or with a tick; so room for all of it, and for
 * what stands in {@link #BESIDE}, is never given to new bytes. Each new byte may be a frame, and each frame may bring a
 * discontinuity with it. As long as bytes go through {@link #slice} alone, the journal has no reason to refuse anything.
 */
final class IntakeRoom {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeRoom.class);

    /** A record of no bytes, and a discontinuity before it; the arbiter's texts are short. */
    private static final long PER_FRAME = LinkJournal.bytesFor(0) + LinkJournal.bytesFor(320);

    private static final long PER_BYTE = PER_FRAME + 1;

    /** A text of 1,000 characters, each of them written as six, and what is around it. */
    private static final long MARK = LinkJournal.bytesFor(6_300);

    /** A mark of a switchover; its text names two servers and two numbers. */
    private static final long SWITCH_MARK = LinkJournal.bytesFor(400);

    /** Room for the marks of eight switchovers, into which nothing else is written: a full disk does not make them late. */
    private static final long FOR_SWITCHES = 16 * SWITCH_MARK;

    /** A frame of each leg that is in its decoder already, a gap with a long text, a frame too long to carry. */
    private static final long BESIDE =
            2 * (LinkJournal.bytesFor(LinkFrameDecoder.MAX_FRAME) + PER_FRAME) + MARK + 1_024 + FOR_SWITCHES;

    /** It is not worth going on for less. */
    private static final int SMALLEST_SLICE = 256;

    /** Beyond so many marks that wait for room the newest are left out. */
    private static final int OWED_MARKS = 16;

    private record Mark(long atNs, String what, String text) {}

    private final LinkJournal journal;
    private final LineArbiter arbiter;
    private final Deque<Mark> owed = new ArrayDeque<>();

    IntakeRoom(LinkJournal journal, LineArbiter arbiter) {
        this.journal = journal;
        this.arbiter = arbiter;
    }

    /**
     * How many of the next bytes may be offered.
     *
     * @return 0 if none; the journal tells when to ask again
     */
    int slice(int length) {
        final long held = held();
        if (!journal.hasRoomFor(held + SMALLEST_SLICE * PER_BYTE)) {
            return 0;
        }
        return (int) Math.min(length, (journal.room() - held) / PER_BYTE);
    }

    private long held() {
        return BESIDE + arbiter.heldFrames() * PER_FRAME + arbiter.heldBytes();
    }

    /** Writes a mark as soon as there is room for it. */
    void mark(long atNs, String what, String text) {
        if (owed.size() < OWED_MARKS) {
            owed.add(new Mark(atNs, what, text));
        } else {
            LOG.warn("{}: no room for the mark '{}': {}", journal.acd(), what, text);
        }
        writeOwedMarks();
    }

    /** Whether a mark of a switchover can be written now. */
    boolean hasRoomForSwitch() {
        return journal.hasRoomFor(held() - FOR_SWITCHES + SWITCH_MARK);
    }

    void writeOwedMarks() {
        while (!owed.isEmpty() && journal.hasRoomFor(held() + MARK)) {
            final Mark mark = owed.remove();
            journal.appendMark(mark.atNs(), mark.what(), mark.text());
        }
    }
}
