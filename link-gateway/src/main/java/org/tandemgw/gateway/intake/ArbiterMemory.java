package org.tandemgw.gateway.intake;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.journal.JournalFaultException;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.JournalStart;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.journal.StoredJournal;

/** Gives the arbiter back what it knew before a restart: the last records of the journal, so that a resend is recognised. */
final class ArbiterMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ArbiterMemory.class);

    private final LinkJournal journal;
    private final LineArbiter arbiter;
    private final Dialect dialect;
    private long lastAtNs;
    private long firstMarkNs;
    private boolean hasHistory;

    ArbiterMemory(LinkJournal journal, LineArbiter arbiter, Dialect dialect) {
        this.journal = journal;
        this.arbiter = arbiter;
        this.dialect = dialect;
    }

    /** Reads at most so many records: those of the generation before too, if this one took over from it and is shorter. */
    void restore(int historyFrames) {
        final Path former = journal.last() < historyFrames ? journal.former() : null;
        if (former != null) {
            restoreFormer(former, historyFrames);
        }
        try (JournalReader reader = journal.newReaderOfAll()) {
            reader.seek(Math.max(journal.oldest(), journal.last() - historyFrames + 1));
            restore(reader);
        }
        // A mark is no news from the ACD: while the legs were paused it went on, so the gap begins before it.
        arbiter.restored(lastAtNs == 0 ? firstMarkNs : lastAtNs, hasHistory);
    }

    /** What of it cannot be read is not remembered; a resend of that would look new, behind the gap of this restart. */
    private void restoreFormer(Path former, int historyFrames) {
        try (StoredJournal stored = StoredJournal.open(former);
                JournalReader reader = stored.newReader()) {
            reader.seek(Math.max(stored.oldest(), stored.last() - historyFrames + 1));
            restore(reader);
        } catch (JournalFaultException e) {
            LOG.warn("{}: resends from before the restart will not be recognised: {}", journal.acd(), e.getMessage());
        }
    }

    private void restore(JournalReader reader) {
        final JournalRecord record = new JournalRecord();
        while (reader.next(record)) {
            final boolean ownMark = record.isMark(JournalStart.RESTART);
            if (record.kind() == RecordKind.MARK) {
                firstMarkNs = firstMarkNs == 0 && !ownMark ? record.atNs() : firstMarkNs;
            } else if (!record.damaged()) {
                lastAtNs = record.atNs();
            }
            hasHistory |= !ownMark;
            restore(record);
        }
    }

    private void restore(JournalRecord record) {
        switch (record.kind()) {
            case FRAME -> {
                dialect.identity().of(record.bytes(), 0, record.length(), record.atNs());
                arbiter.restore(dialect.identity().high(), dialect.identity().low());
            }
            // Frames after a discontinuity may be strays: like a gap it parts places that have nothing to do with each
            // other.
            case GAP, DISCONTINUITY -> arbiter.restoreBreak();
            // The ACD's stream goes on across a mark; of a lost record one key is missing, which a search bears.
            case MARK, LOST -> {}
        }
    }
}
