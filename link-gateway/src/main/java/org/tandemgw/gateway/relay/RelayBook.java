package org.tandemgw.gateway.relay;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.journal.JournalFaultException;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.time.LatencyCounts;
import org.tandemgw.gateway.time.RecordClock;

/**
 * Puts down what passes on the legs of one ACD, and what could not. It never keeps anything from passing: where the disk is full, or the journal at fault, bytes go
 * on without a record, and a gap says so once there is room. The ACD's thread, but for the queries.
 */
final class RelayBook {
    static final int FROM_ACD = 0;
    static final int TO_ACD = 1;

    private static final Logger LOG = LoggerFactory.getLogger(RelayBook.class);

    /** So many of the newest records are looked through at a start. */
    private static final int LOOK_BACK = 10_000;

    private static final int LONGEST_WHY = 300;

    /** Two gaps with short texts, each character of which may take six bytes. */
    private static final long GAPS = 2 * LinkJournal.bytesFor(6 * LONGEST_WHY + 512);

    /** A mark with the longest text. */
    private static final long MARK = LinkJournal.bytesFor(6_300);

    private static final long SWITCH_MARK = LinkJournal.bytesFor(400);

    /** Room for the marks of eight switchovers, into which nothing else is written. */
    private static final long FOR_SWITCHES = 16 * SWITCH_MARK;

    /** Of the room that is there at any time a leg that has brought more than the other one leaves so much to that one. */
    private static final long SHARE = 256 << 10;

    /** So long a chunk may wait for room that the disk has and is only late with. */
    static final long LATE_NS = 2_000_000_000;

    /** Beyond so many marks that wait for room the newest are left out. */
    private static final int OWED_MARKS = 16;

    private record Mark(long atNs, String what, String text) {}

    /** What is owed to the journal about one leg. */
    private static final class Leg {
        /** Of its last chunk; 0: there is none in the journal. */
        private long lastAtNs;

        /** Why its last session ended; null before the first one. */
        private String ended;

        /** The same, from the beginning of the next session to its first chunk: what the ACD had to say in between is missing. */
        private String broken;

        private boolean spoke;
        private long recordedBytes;
        private long waitsSinceNs;
        private boolean waits;
        private long missedSinceNs;
        private final long[] missedBytes = new long[2];
    }

    private final LinkJournal journal;
    private final RecordClock clock;
    private final Leg[] legs = {new Leg(), new Leg()};
    private final Deque<Mark> owed = new ArrayDeque<>();
    private final LatencyCounts arrivalToJournal = new LatencyCounts();
    private int gaps;
    private int chunks;
    private long oldestAtNs;

    private final long[] unrecorded = new long[2];
    private volatile long unrecorded1;
    private volatile long unrecorded2;
    private volatile String outOfRoom;
    private volatile String keptFree;
    private volatile String fault = "";
    private volatile String lastGap = "";

    RelayBook(LinkJournal journal, RecordClock clock) {
        this.journal = journal;
        this.clock = clock;
        restore();
    }

    /** When each leg had its last chunk: from then on nothing of it is known. */
    private void restore() {
        final long last = journal.last();
        if (last == 0) {
            return;
        }
        final long oldest = journal.oldest();
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReaderOfAll()) {
            final boolean all = last - oldest < LOOK_BACK;
            if (!all && reader.seek(oldest) && reader.next(record)) {
                legs[0].lastAtNs = record.atNs(); // or later: a gap that is too long hides nothing
                legs[1].lastAtNs = record.atNs();
            }
            reader.seek(all ? oldest : last - LOOK_BACK + 1);
            while (reader.next(record)) {
                if (record.kind() == RecordKind.FRAME && record.leg() > 0) {
                    legs[record.leg() - 1].lastAtNs = record.atNs();
                }
            }
        }
        legs[0].ended = "the gateway did not run";
        legs[1].ended = legs[0].ended;
    }

    /**
     * Whether so many bytes of a leg may pass now: they can be put down, or nothing is to be waited for. False, for {@link #LATE_NS} at most: the reserve is
     * being made, and {@code LinkJournal.onRoom} tells when it is there.
     */
    boolean isReadyFor(int leg, int length) {
        final Leg of = legs[leg - 1];
        final long ahead = LinkJournal.bytesFor(length) + LinkJournal.bytesFor(0) + share(leg);
        if (takes(ahead) || !fault().isEmpty() || keptFree != null || journal.lacksRoom()) {
            of.waits = false;
            return true;
        }
        final long nowNs = clock.nanoTime();
        if (!of.waits) {
            of.waits = true;
            of.waitsSinceNs = nowNs;
        }
        return nowNs - of.waitsSinceNs >= LATE_NS;
    }

    private long share(int leg) {
        return legs[leg - 1].recordedBytes > legs[2 - leg].recordedBytes ? SHARE : 0;
    }

    /** A chunk passes. */
    void record(int leg, int direction, byte[] bytes, int length, long atNs) {
        final Leg of = legs[leg - 1];
        of.spoke = true;
        if (!takes(LinkJournal.bytesFor(length))) {
            missed(leg, direction, length, atNs);
            return;
        }
        try {
            writeGap(leg, of, atNs);
            journal.appendFrame(leg, direction, atNs, -1, bytes, 0, length);
            of.lastAtNs = atNs;
            of.recordedBytes += length;
            oldestAtNs = chunks++ == 0 ? atNs : oldestAtNs;
        } catch (RuntimeException | Error e) { // whatever it is, bytes pass
            failed(e);
            missed(leg, direction, length, atNs);
        }
    }

    /** Once there was none it takes some more to go on: else the last bytes of a disk would be filled with gaps. */
    private boolean takes(long bytes) {
        final long more = outOfRoom == null ? 0 : SHARE;
        final boolean room =
                fault.isEmpty() && keptFree == null && journal.hasRoomFor(FOR_SWITCHES + GAPS + MARK + more + bytes);
        if (room && outOfRoom != null) {
            outOfRoom = null;
        }
        return room;
    }

    private void missed(int leg, int direction, int length, long atNs) {
        final Leg of = legs[leg - 1];
        if (outOfRoom == null && fault.isEmpty()) {
            final String why = journal.roomFault();
            outOfRoom = keptFree != null ? keptFree : why != null ? why : "the disk is too slow";
        }
        if (of.missedBytes[0] + of.missedBytes[1] == 0) {
            of.missedSinceNs = of.lastAtNs > 0 ? of.lastAtNs : atNs;
        }
        of.missedBytes[direction] += length;
        unrecorded[leg - 1] += length;
        unrecorded1 = unrecorded[0];
        unrecorded2 = unrecorded[1];
    }

    /** Before the first chunk of a session, and of those after some that could not be put down. */
    private void writeGap(int leg, Leg of, long atNs) {
        final boolean missed = of.missedBytes[0] + of.missedBytes[1] > 0;
        final String broken = of.lastAtNs > 0 ? of.broken : null;
        of.broken = null;
        if (!missed && broken == null) {
            return;
        }
        final String why = (broken == null ? "" : broken)
                + (broken != null && missed ? "; and " : "")
                + (missed
                        ? "no room to put down " + of.missedBytes[FROM_ACD] + " bytes from the ACD and "
                                + of.missedBytes[TO_ACD] + " towards it: they have passed"
                        : "");
        of.missedBytes[FROM_ACD] = 0;
        of.missedBytes[TO_ACD] = 0;
        gap(leg, of.lastAtNs > 0 ? of.lastAtNs : of.missedSinceNs, atNs, why);
    }

    private void gap(int leg, long fromNs, long toNs, String why) {
        final long sequence = journal.appendGap(fromNs, toNs, 1 << leg - 1, cut(why));
        lastGap = "sequence " + sequence + ": leg " + leg + " has nothing from " + instant(fromNs) + " to "
                + instant(toNs) + " (" + cut(why) + ")"
                + (gaps == 0 ? "" : "; " + gaps + " more before it since the start");
        gaps++;
    }

    /** A session begins. */
    void sessionBegins(int leg) {
        final Leg of = legs[leg - 1];
        if (of.broken == null) {
            of.broken = of.ended;
        }
    }

    /** A session has ended, or an end of it has: the rest of it may still come. */
    void sessionEnded(int leg, String why) {
        final Leg of = legs[leg - 1];
        of.ended = cut(why);
        if (of.spoke) {
            of.spoke = false;
            mark("relay", "leg " + leg + ": " + cut(why));
            endOfBatch();
        }
    }

    /** Writes a mark as soon as there is room for it. */
    void mark(String what, String text) {
        if (owed.size() < OWED_MARKS) {
            owed.add(new Mark(clock.recordNs(), what, text));
        } else {
            LOG.warn("{}: no room for the mark '{}': {}", journal.acd(), what, text);
        }
        writeOwed();
    }

    /** What had to wait for room. Who has brought more of late is found out anew. */
    void writeOwed() {
        legs[0].recordedBytes /= 2;
        legs[1].recordedBytes /= 2;
        if (!fault.isEmpty()) {
            return;
        }
        try {
            while (!owed.isEmpty() && takes(0)) {
                final Mark mark = owed.remove();
                journal.appendMark(mark.atNs, mark.what, mark.text);
            }
            for (int leg = 1; leg <= 2; leg++) {
                final Leg of = legs[leg - 1];
                if (of.missedBytes[0] + of.missedBytes[1] > 0 && takes(0)) {
                    final String broken = of.broken; // it goes on
                    of.broken = null;
                    final long nowNs = clock.recordNs();
                    writeGap(leg, of, nowNs);
                    of.lastAtNs = nowNs;
                    of.broken = broken;
                }
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Whether a mark of a switchover can be written now. */
    boolean hasRoomForSwitch() {
        return fault.isEmpty() && journal.hasRoomFor(SWITCH_MARK);
    }

    void endOfBatch() {
        if (!fault.isEmpty()) {
            return;
        }
        journal.endOfBatch();
        if (chunks > 0) {
            arrivalToJournal.add(clock.recordNs() - oldestAtNs, chunks);
            chunks = 0;
        }
    }

    /** Nothing is put down any more, until null is given. */
    void keepFree(String why) {
        keptFree = why;
        outOfRoom = why;
        writeOwed();
        endOfBatch();
    }

    /** The journal takes nothing more, or a promise of our own is broken: what passes goes on, without records. */
    void failed(Throwable cause) {
        if (fault.isEmpty()) {
            fault = cause instanceof JournalFaultException ? cause.getMessage() : "unexpected fault: " + cause;
            LOG.error(
                    "{}: nothing more is put down until the next start; the legs go on: {}",
                    journal.acd(),
                    fault,
                    cause);
        }
    }

    // --- queries; any thread ---

    String fault() {
        final String ofJournal = journal.fault();
        return ofJournal == null ? fault : ofJournal;
    }

    String outOfRoom() {
        return outOfRoom;
    }

    String lastGap() {
        return lastGap;
    }

    long unrecordedBytes(int leg) {
        return leg == 1 ? unrecorded1 : unrecorded2;
    }

    LatencyCounts arrivalToJournal() {
        return arrivalToJournal;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_WHY ? text : text.substring(0, LONGEST_WHY);
    }

    private static Instant instant(long utcNs) {
        return Instant.ofEpochSecond(0, utcNs).truncatedTo(ChronoUnit.MILLIS);
    }
}
