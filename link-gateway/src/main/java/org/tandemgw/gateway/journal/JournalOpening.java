package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a journal is opened: what is cut, made real, mapped and synced, in this order. Whoever starts a gateway; the data folder's lock is held.
 */
public final class JournalOpening {
    private static final Logger LOG = LoggerFactory.getLogger(JournalOpening.class);

    private JournalOpening() {}

    static LinkJournal asFound(Path data, String acd, JournalSync sync, RollCycle rollCycle) {
        final JournalSurvey found = JournalSurvey.of(data, acd, 0, 0, rollCycle);
        if (found.hasContent() && (found.lastSound() == 0 || found.unreadable() != null)) {
            throw new JournalFaultException("cannot open the journal in "
                    + JournalFiles.directory(data, acd, found.generation()) + ": "
                    + (found.unreadable() == null
                            ? "none of its last records can be read"
                            : "nothing can be read in " + found.unreadable()));
        }
        return withItsOwnReserve(data, acd, sync, rollCycle, JournalStart.behindTheLastSound(found));
    }

    /** Opens a journal in the way that was decided; {@code reserve} keeps room for it. */
    public static LinkJournal open(Path data, String acd, JournalSync sync, JournalStart start, Reserve reserve) {
        return open(data, acd, sync, Queues.ROLL_CYCLE, start, reserve, null);
    }

    /** The same with a reserve of its own. */
    public static LinkJournal open(Path data, String acd, JournalSync sync, JournalStart start) {
        return withItsOwnReserve(data, acd, sync, Queues.ROLL_CYCLE, start);
    }

    static LinkJournal withItsOwnReserve(
            Path data, String acd, JournalSync sync, RollCycle rollCycle, JournalStart start) {
        final Reserve own = new Reserve();
        try {
            return open(data, acd, sync, rollCycle, start, own, own);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** @param ownReserve closed with the journal; may be null */
    static LinkJournal open(
            Path data,
            String acd,
            JournalSync sync,
            RollCycle rollCycle,
            JournalStart start,
            Reserve reserve,
            Reserve ownReserve) {
        final Path directory = JournalFiles.directory(data, acd, start.generation());
        final QueueTime time = new QueueTime();
        SingleChronicleQueue queue = null;
        JournalRoom room = null;
        try {
            JournalFiles.make(directory);
            final RollFiles files = new RollFiles(directory, rollCycle);
            if (start.cut()) {
                TailCut.make(files, start.last() + 1);
            }
            final SequenceIndex index = new SequenceIndex(files);
            if (start.walked() != null) {
                start.walked().handTo(index, files);
            }
            final FilesAtStart atStart = new FilesAtStart(files, index);
            atStart.check();
            room = room(files, atStart, sync, reserve);
            queue = Queues.openForAppend(directory, rollCycle, time);
            // Chronicle has to agree with the records about where they end: it would write over them otherwise.
            final String wrong = Queues.disagreement(queue, QueueEnd.find(files, index));
            if (wrong != null && atStart.setNewestAside(wrong)) {
                queue.close();
                queue = Queues.openForAppend(directory, rollCycle, time);
            }
            final LinkJournal journal = new LinkJournal(files, index, acd, sync, queue, time, start, room, ownReserve);
            journal.startSync(start.synced());
            if (start.mark() != null) {
                mark(journal, start);
            }
            return journal;
        } catch (IOException | RuntimeException | InternalError e) {
            closeQuietly(room);
            if (queue != null) {
                queue.close();
            }
            throw new JournalFaultException("cannot open the journal in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Where the disk cannot read the end of the last file, another is gone on with. */
    private static JournalRoom room(RollFiles files, FilesAtStart atStart, JournalSync sync, Reserve reserve)
            throws IOException {
        try {
            return new JournalRoom(files, files.rollCycle(), sync == JournalSync.GROUP, reserve);
        } catch (ReservedFile.UnreadableException e) {
            if (!atStart.setNewestAside(e.getMessage())) {
                throw e;
            }
            return new JournalRoom(files, files.rollCycle(), sync == JournalSync.GROUP, reserve);
        }
    }

    /** A start on a full disk must not fail for want of room for its mark. */
    private static void mark(LinkJournal journal, JournalStart start) {
        if (journal.roomFault() != null && journal.room() < LinkJournal.bytesFor(RecordJson.LONGEST)) {
            LOG.warn("{}: no room for the mark of this start: {}", journal.acd(), start.mark());
            return;
        }
        journal.appendMark(start.atNs(), JournalStart.RESTART, start.mark());
        journal.endOfBatch();
    }

    /** False if it could not be: also where a mapping fails, which is an Error, the next part has its turn. */
    static boolean closeQuietly(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
            return true;
        } catch (Exception | Error e) {
            LOG.warn("could not be closed: {}", e.toString());
            return false;
        }
    }
}
