package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import net.openhft.chronicle.queue.RollCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room of one journal: how much may still be appended into space that is really on the disk. Intake asks, appends and
 * rolls. The thread of {@link Reserve} keeps a block ahead of it in the roll file, one file ready for the next cycle, and
 * the file of digests ahead; and it gives back what a finished roll file did not use. A full disk is a state of this, not
 * a fault: it is tried again until there is space.
 *
 * <p>A roll needs the next file to be ready with what intake has asked for; until then records go on into the present
 * file. So what was promised is there wherever a roll happens.
 */
final class JournalRoom implements AutoCloseable {
    /** A roll file made ahead of its cycle. Chronicle lists files by their suffix and does not see it. */
    static final String NEXT = "next.reserved";

    private static final Logger LOG = LoggerFactory.getLogger(JournalRoom.class);

    /** One journal's share of a round; then it is the next one's turn. */
    private static final long STEP = 4L << 20;

    /** Who does not ask waits so long for the reserve thread; the disk is not full then, but out of order. */
    private static final long AWAIT_NS = 30_000_000_000L;

    private static final long LOOK_AGAIN_NS = 100_000;

    private record Finished(int cycle, ReservedFile file) {}

    private final RollFiles files;
    private final boolean force;
    private final Reserve reserve;
    private final long indexLength;
    private final long headLength;
    private final ConcurrentLinkedQueue<Finished> finished = new ConcurrentLinkedQueue<>();
    private volatile IntConsumer finishedCycle = cycle -> {};
    private volatile Runnable onRoom = () -> {};
    private volatile BiConsumer<Path, Boolean> onRemoved = (file, another) -> {};

    // Set by intake; next is set by the reserve thread while it is null.
    private volatile ReservedFile current;
    private volatile ReservedFile next;
    private volatile long demand;
    private volatile boolean refused;

    // Set by the reserve thread.
    private volatile long lowAt = Long.MAX_VALUE;
    private volatile String fault;
    private volatile boolean broken;
    private volatile long faults;

    // Guarded by this: the reserve thread, or whoever opens or closes.
    private ReservedFile leftBehind;
    private ReservedFile preparing;
    private ReservedFile grown;
    private DigestFile digests;
    private final RoomAhead ahead = new RoomAhead();
    private boolean extending;
    private int lastCycle = -1;
    private boolean resumes;
    private boolean giveBackFailed;
    private boolean closed;

    // Intake.
    private Finished finishing;
    private int currentCycle = -1;
    private long toldAt;

    /**
     * Whoever opens, before Chronicle maps a file: makes the end of the last roll file real, if there is space.
     *
     * @throws ReservedFile.UnreadableException if the disk cannot read that file
     */
    JournalRoom(RollFiles files, RollCycle rollCycle, boolean force, Reserve reserve) throws IOException {
        this.files = files;
        this.force = force;
        this.reserve = reserve;
        this.indexLength = Queues.indexLength(rollCycle);
        this.headLength = RollFiles.headLength(rollCycle);
        final int[] cycles = files.liveCycles();
        if (cycles.length > 1) {
            final int before = cycles[cycles.length - 2];
            // At once: where it has no end any more, Chronicle maps it to write one, and must not meet it while it is
            // cut.
            giveBack(new Finished(before, ReservedFile.leftBehind(files.path(before), headLength)));
        }
        if (cycles.length > 0) {
            lastCycle = cycles[cycles.length - 1];
            leftBehind = ReservedFile.leftBehind(files.path(lastCycle), headLength);
            try {
                makeReal(leftBehind);
            } catch (ReservedFile.UnreadableException e) {
                leftBehind.close();
                throw e;
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    /**
     * Whoever opens, when the end is known and before the first append.
     *
     * @param cycle the last roll file if records may be added to it, else -1
     */
    void begin(int cycle, DigestFile digestFile) throws IOException {
        synchronized (this) {
            resumes = cycle >= 0;
            if (leftBehind != null && files.isQuarantined(lastCycle)) { // set aside meanwhile
                leftBehind.close();
                leftBehind = null;
            }
            currentCycle = cycle;
            digests = digestFile;
            reserveAll();
        }
        reserve.add(this);
    }

    // --- intake ---

    /** What may be appended, worst case: see {@link LinkJournal#bytesFor}. Any thread. */
    long room() {
        final ReservedFile into = current != null ? current : next;
        return into == null ? 0 : Math.max(0, roomIn(into));
    }

    private long roomIn(ReservedFile file) {
        return file.realTo() - file.end() - margin();
    }

    /** Behind the last record there may be an index already; behind the next one there may be another. */
    private long margin() {
        return 2 * indexLength + 64;
    }

    /** From now on so much is wanted at once, beside what is kept ahead. False: {@link #onRoom} tells when to ask again. */
    boolean hasRoomFor(long bytes) {
        if (demand != bytes) {
            demand = bytes;
        }
        if (room() >= bytes) {
            return true;
        }
        refused = true;
        reserve.wake();
        return room() >= bytes;
    }

    /** Before each append. Who asks gets no further than the promise; who never asks waits for the reserve thread. */
    void require(long bytes) {
        if (room() < bytes && (demand > 0 || !await(bytes, false))) {
            throw new IllegalStateException("no room for " + bytes + " bytes in " + files.directory() + ", only for "
                    + room() + (fault == null ? "" : ": " + fault));
        }
    }

    /**
     * A record wants to go to a newer cycle.
     *
     * @return false if it has to go to the present one, because the file is not ready
     */
    boolean roll(int cycle, long bytes) throws IOException {
        if (demand == 0) {
            await(bytes, true);
        }
        final ReservedFile ready = next;
        if (ready == null || roomIn(ready) < Math.max(demand, bytes)) {
            return false;
        }
        ready.becomes(files.path(cycle));
        if (current != null) {
            finishing = new Finished(currentCycle, current);
        }
        currentCycle = cycle;
        current = ready;
        next = null;
        reserve.wake();
        return true;
    }

    private boolean await(long bytes, boolean forNext) {
        final long untilNs = System.nanoTime() + AWAIT_NS;
        while (System.nanoTime() - untilNs < 0) {
            final ReservedFile into = forNext || current == null ? next : current;
            if (into != null && roomIn(into) >= bytes) {
                return true;
            }
            if (fault != null) {
                return false;
            }
            reserve.wake();
            LockSupport.parkNanos(this, LOOK_AGAIN_NS);
        }
        return false;
    }

    /** After each append: where the next record begins, if no index comes between. */
    void appendedTo(long position) {
        current.endsAt(position);
        if (finishing != null) {
            finished.add(finishing);
            finishing = null;
            reserve.wake();
        }
        final long low = lowAt;
        if (position >= low && low != toldAt) {
            toldAt = low;
            reserve.wake();
        }
    }

    // --- the reserve thread ---

    /** Does what there is to do. True if there is more. */
    boolean work() {
        final boolean more;
        synchronized (this) {
            if (closed) {
                return false;
            }
            giveBack();
            more = reserveAll();
        }
        if (refused && room() >= demand) {
            refused = false;
            onRoom.run();
        }
        return more;
    }

    /** Whether the file that is written to is still there: through its mapping and its descriptor that would never be seen. */
    void look() {
        final ReservedFile file = current;
        // Not where the disk gives no answer; and retention may delete it once another is written to.
        if (file != null && Files.notExists(file.path()) && current == file) {
            final ReservedFile ready = next;
            onRemoved.accept(file.path(), ready != null && Files.exists(ready.path()));
        }
    }

    private boolean reserveAll() {
        try {
            adopt();
            digests.reserve(force);
            final boolean more = extendCurrent();
            prepareNext();
            fault = null;
            return more;
        } catch (IOException e) {
            failed(e);
            return false;
        }
    }

    private void failed(IOException e) {
        ahead.diskIsFull();
        faults = faults + 1;
        final String why = "no room on the disk of " + files.directory() + ": " + e.getMessage();
        if (!why.equals(fault)) {
            LOG.warn("{}; tried again until there is", why);
        }
        fault = why;
    }

    /** Something that was promised here does not hold: what is reserved is used up, and then nothing more is read. */
    void broken(Throwable why) {
        broken = true;
        faults = faults + 1;
        fault = "room is kept no more: " + why;
    }

    private void makeReal(ReservedFile file) throws IOException {
        file.findWhatIsReal(LinkJournal.bytesFor(RecordCodec.MAX_LENGTH) + indexLength);
        file.extend(file.end() + margin() + RoomAhead.QUIET, force);
    }

    /** Nothing is appended before the file that a former process left is real: not even Chronicle's mark at its end. */
    private void adopt() throws IOException {
        if (leftBehind == null) {
            return;
        }
        if (roomIn(leftBehind) < 0) {
            makeReal(leftBehind);
        }
        if (resumes) {
            current = leftBehind;
        } else {
            finishing = new Finished(lastCycle, leftBehind); // intake sees it with the room that comes after it
        }
        leftBehind = null;
    }

    private boolean extendCurrent() throws IOException {
        final ReservedFile file = current;
        if (file == null) {
            return false;
        }
        final long promised = margin() + demand;
        final long wanted = file.end() + promised;
        if (grown != file) {
            grown = file;
            ahead.rolled();
        } else if (!extending && ahead.isTooLittle(file.realTo() - wanted)) {
            ahead.ranLow(Files.getFileStore(files.directory()).getUsableSpace());
        }
        final long target = wanted + ahead.bytes();
        extending = extending || file.realTo() < wanted + ahead.low();
        if (extending) {
            file.extend(Math.min(target, file.realTo() + STEP), force);
            extending = file.realTo() < target;
        }
        lowAt = file.realTo() - promised - ahead.low();
        return extending;
    }

    private void prepareNext() throws IOException {
        final long enough = headLength + margin() + demand + RoomAhead.QUIET / 2;
        final long target = headLength + margin() + demand + RoomAhead.QUIET;
        final ReservedFile ready = next;
        if (ready != null) {
            if (ready.realTo() < enough) {
                ready.extend(target, force);
            }
        } else if (leftBehind == null) {
            if (preparing == null) {
                preparing = ReservedFile.prepare(files.directory().resolve(NEXT), headLength);
            }
            preparing.extend(target, force);
            next = preparing;
            preparing = null;
        }
    }

    private void giveBack() {
        for (Finished done = finished.poll(); done != null; done = finished.poll()) {
            giveBack(done);
        }
    }

    private void giveBack(Finished done) {
        try (ReservedFile file = done.file()) {
            file.giveBack();
            finishedCycle.accept(done.cycle());
        } catch (IOException e) {
            if (!giveBackFailed) {
                LOG.warn(
                        "{}: what it did not use cannot be given back: {}",
                        done.file().path(),
                        e.getMessage());
            }
            giveBackFailed = true;
        }
    }

    // --- queries and settings; any thread ---

    String fault() {
        return fault;
    }

    /** True if the last try was refused by the disk: what is broken here is not cured by making space. */
    boolean isLacking() {
        return fault != null && !broken;
    }

    long faults() {
        return faults;
    }

    /** {@code told} runs on the reserve thread when {@link #hasRoomFor} has said no and may say yes now. */
    void onRoom(Runnable told) {
        onRoom = told;
    }

    /**
     * {@code told} the cycles whose file will not change any more: Chronicle has gone on to a newer one, and the unused end was
     * given back. On the reserve thread.
     */
    void onFinished(IntConsumer told) {
        finishedCycle = told;
    }

    /** {@code told} the file that is written to and is not there any more, at each look, and whether the next one is ready. */
    void onRemoved(BiConsumer<Path, Boolean> told) {
        onRemoved = told;
    }

    /** What is reserved stays, for the next start. */
    @Override
    public void close() throws IOException {
        reserve.remove(this);
        synchronized (this) {
            closed = true;
            for (final ReservedFile file : new ReservedFile[] {current, next, preparing, leftBehind}) {
                if (file != null) {
                    file.close();
                }
            }
            for (Finished done = finished.poll(); done != null; done = finished.poll()) {
                done.file().close();
            }
            if (finishing != null) {
                finishing.file().close();
            }
        }
    }
}
