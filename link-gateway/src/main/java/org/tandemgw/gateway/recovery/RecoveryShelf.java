package org.tandemgw.gateway.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.recovery.RecoveryPlan;
import org.tandemgw.recovery.RecoveryPolicy;

/**
 * The recovery sessions of one ACD: that of the attempt under way, and that of the server which was told to start last. They are kept in files, and are there again after a
 * restart; what a kill has left undone, the table makes again from the journal, the same.
 *
 * <p>{@link MarkListener} is told on the thread {@code calls-<acd>}; {@code begun}, {@code promoted} and {@code over} by who decides; sessions are asked for by feeds.
 */
public final class RecoveryShelf implements MarkListener {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryShelf.class);

    /** Planning was made fast in this program. */
    private static final AtomicBoolean REHEARSED = new AtomicBoolean();

    /**
     * Where, and of what.
     *
     * @param place of the ACD in the file, from 1
     * @param folder of the ACD's table
     * @param minFreeBytes what has to stay free on the disk
     * @param fault why the table is not kept; empty while it is
     * @param onTable does something on the table's thread, soon; false: it never will
     */
    public record Settings(
            String acd,
            int place,
            Path folder,
            RecoveryPolicy policy,
            long minFreeBytes,
            Supplier<String> fault,
            Predicate<Runnable> onTable) {}

    private final Settings settings;
    private final RecoveryFiles files;
    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
    private RecoverySession open;
    private RecoverySession given;
    private volatile long notKept;

    /** Of attempts up to this one only two may still be wanted. */
    private long pastThrough;

    private long underWay;
    private long lastSwitched;

    /** Takes up what the last run has left. */
    public RecoveryShelf(Settings settings) {
        this.settings = settings;
        files = new RecoveryFiles(settings.folder());
        given = newest(RecoveryFiles.GIVEN);
        if (given != null) {
            given.giveOut();
        }
        final RecoverySession begun = newest(RecoveryFiles.WAITING);
        open = begun != null && begun.mark().epoch() > epoch(given) ? begun : null;
        tidy();
        if (!REHEARSED.getAndSet(true)) {
            later(() -> RecoveryPlan.rehearse(settings.policy()));
        }
    }

    private RecoverySession newest(String prefix) {
        final FrameList list = files.newest(prefix);
        if (list == null) {
            return null;
        }
        final RecoverySession session = session(list.head().mark());
        session.framed(list);
        final long lost = RecoveryFiles.lostWhenFetched(
                settings.folder(), list.head().mark().epoch());
        if (lost >= 0) {
            session.wasFetched(lost);
        }
        return session;
    }

    private RecoverySession session(SwitchMark mark) {
        return new RecoverySession(
                name(mark.epoch()), mark, () -> wakes.forEach(Runnable::run), () -> later(this::noteFetched));
    }

    /** On the table's thread; where that takes nothing now, what a restart finds is as it was before. */
    private void later(Runnable work) {
        if (!settings.onTable().test(work)) {
            LOG.debug("{}: the table of the calls takes no work", settings.acd());
        }
    }

    /** So that a start keeps no records for who has them. */
    private void noteFetched() {
        final RecoverySession session = given();
        if (session != null && session.fetched()) {
            try {
                files.fetched(epoch(session), session.sentLost());
            } catch (IOException e) {
                LOG.debug("{}: that {} was fetched is not written down", settings.acd(), session.name(), e);
            }
        }
    }

    private String name(long epoch) {
        return "R" + epoch + (settings.place() == 1 ? "" : "." + settings.place());
    }

    private static long epoch(RecoverySession of) {
        return of == null ? 0 : of.mark().epoch();
    }

    /** Called whenever somebody who waits for a session may go on; any thread. */
    public void onChange(Runnable wake) {
        wakes.add(wake);
    }

    /** The session of that name, which may not be given out yet; null if there is none. Any thread. */
    public synchronized RecoverySession find(String name) {
        if (open != null && open.name().equals(name)) {
            return open;
        }
        return given != null && given.name().equals(name) ? given : null;
    }

    /** The one that was given out last; null: none. Any thread. */
    public synchronized RecoverySession given() {
        return given;
    }

    /** The sessions that there are: at most two. Any thread. */
    public synchronized List<RecoverySession> sessions() {
        return Stream.of(given, open).filter(Objects::nonNull).toList();
    }

    /** Why a session that is not framed will not be; empty: it will. Any thread. */
    public String fault() {
        return settings.fault().get();
    }

    /** How often a list could not be kept on the disk, and would not survive a restart. Any thread. */
    public long notKept() {
        return notKept;
    }

    // --- who decides ---

    /** An attempt begins, or is taken up again after a restart. Any thread. */
    public synchronized void begun(SwitchMark mark) {
        if (isWanted(mark.epoch()) && mark.epoch() > epoch(open) && mark.epoch() > epoch(given)) {
            endOpen("another attempt has begun");
            open = session(mark);
        }
    }

    /** A server was told to start: what is kept for it is its own from now on. Any thread. */
    public synchronized void promoted(long epoch, String server) {
        if (open == null || epoch(open) != epoch || !open.mark().to().equals(server)) {
            return;
        }
        if (given != null) {
            given.end(open.mark().to() + " has taken over since: there is " + open.name() + " now");
        }
        given = open;
        open = null;
        given.giveOut();
        later(this::renameGiven);
    }

    /** What is given out has another name, so that a start gives it out again. On the table's thread. */
    private void renameGiven() {
        final RecoverySession session = given();
        final FrameList list = session == null ? null : session.list();
        if (list == null || list.file() == null) {
            return;
        }
        final Path to = files.path(RecoveryFiles.GIVEN, epoch(session));
        if (list.file().equals(to)) {
            return;
        }
        session.moving();
        try {
            files.move(list.file(), to);
            session.framed(list.at(to));
            files.force();
        } catch (IOException e) {
            session.framed(session.list());
            notKept++;
            LOG.warn("{}: {} may not be there after a restart: {}", settings.acd(), session.name(), e.toString());
        }
    }

    /** The attempt is over. If its server was told to start, what is kept for it stays. Any thread. */
    public synchronized void over(long epoch) {
        if (open != null && epoch(open) == epoch) {
            endOpen("the switchover was given up");
        }
    }

    /**
     * At a start, before the table reads on: of all attempts so far only these two are still of interest.
     *
     * @param newest the newest attempt
     * @param attempt the one that is under way; 0: none
     * @param switched the newest that made its server the active one and told it to start; 0: none is known
     */
    public synchronized void resume(long newest, long attempt, long switched) {
        pastThrough = newest;
        underWay = attempt;
        lastSwitched = switched;
        if (open != null && epoch(open) == switched) {
            promoted(switched, open.mark().to());
        } else if (open != null && !isWanted(epoch(open))) {
            endOpen("the switchover was given up");
        }
    }

    private boolean isWanted(long epoch) {
        return epoch > pastThrough || epoch == underWay || epoch == lastSwitched;
    }

    private void endOpen(String why) {
        if (open != null) {
            open.end(why);
            open = null;
        }
    }

    // --- the table ---

    @Override
    public void commenced(MarkedTable at) {
        final RecoverySession session = unframed(at.mark());
        if (session == null) {
            return;
        }
        session.markWritten(at.sequence());
        try {
            frame(session, at);
        } catch (RuntimeException | OutOfMemoryError e) { // the table goes on
            notKept++;
            session.end("it cannot be made: " + e);
            LOG.error("{}: {} cannot be made", settings.acd(), session.name(), e);
        }
    }

    private void frame(RecoverySession session, MarkedTable at) {
        final long[] frames = RecoveryPlan.of(at.table(), settings.policy()).frames();
        final FrameList.Head head = new FrameList.Head(at.mark(), at.sequence(), at.atNs());
        session.framed(FrameList.inMemory(head, frames));
        keep(session, head, frames);
        LOG.info("{}: {} has {} frames, as of record {}", settings.acd(), session.name(), frames.length, at.sequence());
    }

    @Override
    public void switched(MarkedTable at) {
        promoted(at.mark().epoch(), at.mark().to());
    }

    /** The session of this attempt, if its frames are to be found out; null if it is past, or they are known. */
    private synchronized RecoverySession unframed(SwitchMark mark) {
        begun(mark);
        final RecoverySession session =
                mark.epoch() == epoch(open) ? open : mark.epoch() == epoch(given) ? given : null;
        return session == null || session.list() != null ? null : session;
    }

    /** On the disk, if there is room above what has to stay free; else only as long as this run lasts. */
    private void keep(RecoverySession session, FrameList.Head head, long[] frames) {
        final Path part = files.part();
        try {
            tidy();
            if (files.roomBytes() - settings.minFreeBytes() < FrameList.bytes(frames.length)) {
                throw new IOException("the disk has no room for it above min-free");
            }
            FrameList.write(part, head, frames);
            placed(session, part);
        } catch (IOException e) {
            notKept++;
            LOG.warn(
                    "{}: {} is kept in memory only, and is not there after a restart: {}",
                    settings.acd(),
                    session.name(),
                    e.toString());
        }
    }

    private void placed(RecoverySession session, Path part) throws IOException {
        synchronized (this) {
            if (session != open && session != given) {
                Files.delete(part);
                return;
            }
            final Path file =
                    files.path(session == given ? RecoveryFiles.GIVEN : RecoveryFiles.WAITING, epoch(session));
            files.move(part, file);
            session.framed(session.list().at(file));
        }
        files.force();
    }

    /** Files of sessions that are over go. */
    private void tidy() {
        final List<Path> kept = new ArrayList<>();
        sessions().stream()
                .map(RecoverySession::list)
                .filter(Objects::nonNull)
                .map(FrameList::file)
                .filter(Objects::nonNull)
                .forEach(kept::add);
        files.tidy(kept);
    }
}
