package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongUnaryOperator;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable stream of one ACD. One thread (intake) appends; any number of readers follow.
 *
 * <p>Two watermarks: what is appended ({@link #last()}), and what survives a power loss ({@link #synced()}). Readers get
 * what {@link #readable()} says and are woken once per batch or sync. Nobody else may have the journal open for writing:
 * the caller holds the lock of the data folder.
 */
public final class LinkJournal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkJournal.class);
    private static final Runnable[] NOBODY = {};

    /** What Chronicle adds to a record: its length, what aligns it, and the zeros behind it. */
    private static final int AROUND_A_RECORD = 16;

    private final String acd;
    private final int generation;
    private final boolean group;
    private final RollFiles files;
    private final SequenceIndex index;
    private final KeptFiles kept;
    private final SingleChronicleQueue queue;
    private final DamageLog damage;
    private final Sealer sealer;
    private final DigestFile digestFile;
    private final JournalRoom room;
    private final AutoCloseable ownReserve;
    private final RecordAppender appender;
    private final GroupSync sync;

    // Intake only.
    private long woken;
    private boolean closed;

    private volatile long appended;
    private volatile long synced;
    private volatile String fault;
    private volatile Runnable[] wakes = NOBODY;

    LinkJournal(
            RollFiles files,
            SequenceIndex index,
            String acd,
            JournalSync sync,
            SingleChronicleQueue queue,
            QueueTime time,
            JournalStart start,
            JournalRoom room,
            Reserve ownReserve)
            throws IOException {
        this.acd = acd;
        this.generation = start.generation();
        this.group = sync == JournalSync.GROUP;
        this.files = files;
        this.index = index;
        this.queue = queue;
        this.room = room;
        this.ownReserve = ownReserve;
        this.damage = new DamageLog(files);
        this.sealer = new Sealer(acd, files);
        this.digestFile = new DigestFile(files.directory());
        this.kept = new KeptFiles(files, index, digestFile);
        final JournalTail tail = new JournalTail(files, index, digestFile, start);
        this.appended = tail.last();
        this.synced = Math.min(tail.last(), group ? tail.last() : Math.max(0, start.synced()));
        this.woken = tail.last();
        this.sync = group ? new GroupSync(acd, new SyncTarget()) : null;
        this.appender = new RecordAppender(queue, time, index, digestFile, tail, files, room, this::newFile);
        room.begin(appender.mayGoOn() ? appender.cycle() : -1, digestFile);
        room.onFinished(sealer::finished);
        room.onRemoved(this::removed);
        sealer.catchUp();
    }

    /** What is appended from now on is not to go with it. Reserve thread. */
    private void removed(Path file, boolean another) {
        if (another) {
            appender.endFile(); // before it is told: what comes after the alarm is safe then
        }
        if (damage.removed(file)) {
            LOG.error("{} was removed while it was written to", file);
        }
    }

    private void newFile(int cycle) {
        if (group) {
            sync.newFile(files.path(cycle));
        }
    }

    /** The same with {@code sync: group}. */
    public static LinkJournal open(Path data, String acd) {
        return open(data, acd, JournalSync.GROUP);
    }

    /**
     * Opens or creates the newest generation of {@code acd}, of which nothing is known but what the disk has, with a reserve of
     * its own. A gateway decides first how to go on, and opens by {@link JournalOpening}.
     */
    public static LinkJournal open(Path data, String acd, JournalSync sync) {
        return JournalOpening.asFound(data, acd, sync, Queues.ROLL_CYCLE);
    }

    /**
     * What a killed process left may be unsynced: it is synced now, before anybody reads it.
     *
     * @param syncedBefore what is known to survive a power loss; everything from its file on is synced
     */
    void startSync(long syncedBefore) throws IOException {
        if (!group) {
            return;
        }
        forceFrom(syncedBefore);
        if (appender.cycle() >= 0) {
            newFile(appender.cycle());
        }
        sync.start(appended);
    }

    private void forceFrom(long syncedBefore) throws IOException {
        final int[] cycles = files.cycles();
        int first = cycles.length - 1;
        while (first > 0 && !(index.first(cycles[first]) >= 0 && index.first(cycles[first]) <= syncedBefore)) {
            first--;
        }
        for (int i = Math.max(0, first); i < cycles.length; i++) {
            GroupSync.forceFile(files.path(cycles[i]));
        }
        if (syncedBefore <= 0) {
            GroupSync.forceFile(files.directory().resolve(Queues.METADATA));
            GroupSync.forceDirectory(files.directory().getParent());
            GroupSync.forceDirectory(files.directory().getParent().getParent());
            GroupSync.forceDirectory(files.directory().getParent().getParent().getParent());
        }
        digestFile.force();
        GroupSync.forceDirectory(files.directory());
    }

    /** The ACD's name. */
    public String acd() {
        return acd;
    }

    /** 1, 2, 3 … */
    public int generation() {
        return generation;
    }

    /** How servers call this journal: the ACD's name in generation 1, {@code acd.n} later. */
    public String session() {
        return generation == 1 ? acd : acd + "." + generation;
    }

    /** The oldest sequence kept; 1 while empty. Any thread. */
    public long oldest() {
        final long next = appended + 1; // first: what is appended meanwhile may be found or not, but is kept
        final long oldest = index.oldest();
        return Math.max(kept.oldest(), oldest >= 0 ? oldest : next);
    }

    /** The last sequence appended; 0 while empty. Any thread. */
    public long last() {
        return appended;
    }

    /** The time of the newest record, 0 while empty. Intake, or before it has begun. */
    public long newestAtNs() {
        return appender.lastAtNs();
    }

    /** The last sequence that is known to survive a power loss. Any thread. With {@code sync: none} it rises only at a clean end. */
    public long synced() {
        return synced;
    }

    /** The last sequence that readers get: {@link #synced()} with {@code sync: group}, else {@link #last()}. Any thread. */
    public long readable() {
        return group ? synced : appended;
    }

    /** Why the journal takes nothing more and shows nothing new; null while it is well. Any thread. */
    public String fault() {
        return fault;
    }

    /** What a record of this many bytes takes on the disk, at most. */
    public static long bytesFor(int length) {
        return RecordCodec.HEADER_LENGTH + length + AROUND_A_RECORD;
    }

    /**
     * Intake. Whether so much may be appended; see {@link #bytesFor}. Who asks once has to ask always, before it appends:
     * it never waits for the disk then. After a no, {@link #onRoom} tells when to ask again. Who never asks may wait in an
     * append for the reserve thread.
     */
    public boolean hasRoomFor(long bytes) {
        return room.hasRoomFor(bytes);
    }

    /** How many bytes may be appended; see {@link #bytesFor}. Any thread. */
    public long room() {
        return room.room();
    }

    /** Why no more room could be had when it was last tried; null if it could. Any thread. */
    public String roomFault() {
        return room.fault();
    }

    /** True if the disk refused room when it was last tried, so that more space may help. Any thread. */
    public boolean lacksRoom() {
        return room.isLacking();
    }

    /** How often room was wanted in vain since the start. Any thread. */
    public long roomFaults() {
        return room.faults();
    }

    /** {@code told} runs on the reserve thread when there may be room after {@link #hasRoomFor} said no. */
    public void onRoom(Runnable told) {
        room.onRoom(told);
    }

    /** What readers found damaged since the start, and which files are set aside. Any thread. */
    public JournalDamage damage() {
        return damage.known();
    }

    /** A reader, limited to {@link #readable()}. To be used by one thread. */
    public JournalReader newReader() {
        return newReader(wanted -> readable());
    }

    /** A reader limited to {@link #last()}, for whoever opened the journal and rebuilds its state from the last records. */
    public JournalReader newReaderOfAll() {
        return newReader(wanted -> last());
    }

    /**
     * The folder of the generation that this one took over from, because its history could not be continued: what its last
     * records say is still what the ACD sent last. Generations that were begun and given up before the ACD said anything are
     * passed over.
     *
     * @return null if this is the first, or one that was opened for another reason
     */
    public Path former() {
        final JournalRecord first = new JournalRecord();
        try (JournalReader reader = newReaderOfAll()) {
            final boolean took = generation > 1
                    && oldest() == 1
                    && (last() == 0 // its mark found no room
                            || reader.seek(1) && reader.next(first) && first.isMark(JournalStart.RESTART));
            Path before = took ? JournalFiles.former(files.directory()) : null;
            while (before != null && StoredJournal.hasNoNews(before)) {
                before = JournalFiles.former(before);
            }
            return before;
        }
    }

    private JournalReader newReader(LongUnaryOperator limit) {
        return new JournalReader(index, damage, this::oldest, kept::oldest, limit, () -> {});
    }

    /**
     * The oldest roll files, at most so many, oldest first; the last of them may be the one that is appended to. Thread
     * {@code space}, as all that follows about files.
     */
    public List<RollFile> rollFiles(int atMost) {
        return kept.list(atMost, appended, readable());
    }

    /**
     * Drops the oldest roll file. {@link #oldest()} rises first, and readers are woken: who stands in the file learns that
     * his place is lost before the file goes. Its space comes back once they have let go of it.
     */
    public void drop(RollFile file) throws IOException {
        if (!file.finished() || file.last() >= readable()) {
            throw new IllegalArgumentException(file + " is still needed: readable is " + readable());
        }
        kept.giveUp(file);
        wake();
        kept.delete(file);
    }

    /** The next record begins a new roll file, so that the present one can be dropped. Any thread. */
    public void endFile() {
        appender.endFile();
    }

    /** Calls {@code wake} whenever {@link #readable()} has risen, once a batch, on the sync or the intake thread. */
    public synchronized void onReadable(Runnable wake) {
        final Runnable[] more = Arrays.copyOf(wakes, wakes.length + 1);
        more[wakes.length] = wake;
        wakes = more;
    }

    /** The opposite of {@link #onReadable}. */
    public synchronized void offReadable(Runnable wake) {
        wakes = Arrays.stream(wakes).filter(w -> w != wake).toArray(Runnable[]::new);
    }

    /** Intake. Appends a frame and returns its sequence. */
    public long appendFrame(
            int leg, int direction, long atNs, long dialectSequence, byte[] buffer, int offset, int length) {
        return append(RecordKind.FRAME, atNs, leg, direction, dialectSequence, buffer, offset, length);
    }

    /** Intake. A frame too long to carry: its length and SHA-256 (lower-case hex) in place of its bytes. */
    public long appendLost(int leg, long atNs, long length, String digest, String why) {
        final byte[] json = RecordJson.lost(appended + 1, appender.clamped(atNs), leg, length, digest, why);
        return append(RecordKind.LOST, atNs, leg, 0, -1, json, 0, json.length);
    }

    /** Intake. Nothing could be had between two arrivals; bit 0 of {@code legs}: leg 1, bit 1: leg 2. */
    public long appendGap(long fromNs, long toNs, int legs, String why) {
        final byte[] json = RecordJson.gap(appended + 1, fromNs, appender.clamped(toNs), legs, why);
        return append(RecordKind.GAP, toNs, 0, 0, -1, json, 0, json.length);
    }

    /** Intake. Order or repeats cannot be proved here. */
    public long appendDiscontinuity(long atNs, int legs, String why) {
        final byte[] json = RecordJson.discontinuity(appended + 1, appender.clamped(atNs), legs, why);
        return append(RecordKind.DISCONTINUITY, atNs, 0, 0, -1, json, 0, json.length);
    }

    /** Intake. {@code what}: epoch, source, pause, resume, restart or clock. */
    public long appendMark(long atNs, String what, String text) {
        final byte[] json = RecordJson.mark(appended + 1, appender.clamped(atNs), what, text);
        return append(RecordKind.MARK, atNs, 0, 0, -1, json, 0, json.length);
    }

    private long append(
            RecordKind kind,
            long atNs,
            int leg,
            int direction,
            long dialectSequence,
            byte[] buffer,
            int offset,
            int length) {
        if (fault != null || closed) {
            throw new JournalFaultException("journal of " + acd + " takes nothing more: " + fault);
        }
        if (length > RecordCodec.MAX_LENGTH) {
            throw new IllegalArgumentException(length + " bytes are too many for a record");
        }
        final long sequence = appended + 1;
        room.require(bytesFor(length));
        try {
            appender.append(kind, sequence, atNs, leg, direction, dialectSequence, buffer, offset, length);
        } catch (IOException | RuntimeException | Error e) {
            fail("record " + sequence + " could not be written: " + e);
            throw new JournalFaultException("journal of " + acd + ": " + fault, e);
        }
        appended = sequence;
        return sequence;
    }

    private synchronized void fail(String why) {
        if (fault == null) {
            fault = why;
        }
    }

    /** Intake. Ends a batch: what was appended becomes readable, at once or after the sync. */
    public void endOfBatch() {
        if (group) {
            sync.signal();
        } else if (woken != appended) {
            woken = appended;
            wake();
        }
    }

    private void wake() {
        for (final Runnable wake : wakes) {
            wake.run();
        }
    }

    /**
     * The chained digest through a multiple of 1,000, as lower-case hex. Any thread.
     *
     * @return null if that sequence is not reached or no longer known
     */
    public String digest(long through) {
        if (through <= 0 || through % DigestChain.BLOCK != 0 || through > appended) {
            return null;
        }
        try {
            final ByteBuffer entry = digestFile.read(through / DigestChain.BLOCK);
            return entry == null || !DigestFile.isKnown(entry.array())
                    ? null
                    : HexFormat.of().formatHex(entry.array(), 0, DigestFile.DIGEST_LENGTH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gap records of this generation. Any thread. */
    public long gaps() {
        return appender.gaps();
    }

    /** Discontinuity records of this generation. Any thread. */
    public long discontinuities() {
        return appender.discontinuities();
    }

    /** Intake, or after it has ended. Syncs what is left. Readers may go on to the end and be closed later. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (group) {
            JournalOpening.closeQuietly(sync::close);
        } else if (fault == null) {
            syncAtTheEnd();
        }
        final boolean writerGone = JournalOpening.closeQuietly(appender::close)
                & JournalOpening.closeQuietly(room)
                & JournalOpening.closeQuietly(ownReserve)
                & JournalOpening.closeQuietly(queue);
        JournalOpening.closeQuietly(sealer::close);
        if (fault == null && writerGone && appender.cycle() >= 0) {
            JournalOpening.closeQuietly(() -> sealer.sealLast(appender.cycle(), appended));
        }
        JournalOpening.closeQuietly(digestFile);
    }

    /** Without a sync thread, this is what makes an orderly end survive a power loss behind it. */
    private void syncAtTheEnd() {
        try {
            forceFrom(synced);
            synced = appended;
        } catch (IOException | RuntimeException | Error e) {
            fail("the last sync failed: " + e);
        }
    }

    private final class SyncTarget implements GroupSync.Target {
        @Override
        public long appended() {
            return appended;
        }

        @Override
        public void synced(long sequence) {
            synced = sequence;
            wake();
        }

        @Override
        public void forceBeside() throws IOException {
            digestFile.force();
        }

        @Override
        public void syncFailed(Throwable why) {
            fail("sync failed: " + why);
        }
    }
}
