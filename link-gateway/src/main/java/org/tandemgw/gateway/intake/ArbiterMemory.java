package org.tandemgw.gateway.intake;

import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.LinkJournal;

/** Gives the arbiter back what it knew before a restart: the last records of the journal, so that a resend is recognised. */
final class ArbiterMemory {
    private final LinkJournal journal;
    private final LineArbiter arbiter;
    private final IntakeDialect dialect;

    ArbiterMemory(LinkJournal journal, LineArbiter arbiter, IntakeDialect dialect) {
        this.journal = journal;
        this.arbiter = arbiter;
        this.dialect = dialect;
    }

    /** Reads at most so many records. */
    void restore(int historyFrames) {
        final long last = journal.last();
        long lastAtNs = 0;
        if (last > 0) {
            final JournalRecord record = new JournalRecord();
            try (JournalReader reader = journal.newReaderOfAll()) {
                reader.seek(Math.max(journal.oldest(), last - historyFrames + 1));
                while (reader.next(record)) {
                    lastAtNs = record.atNs();
                    restore(record);
                }
            }
        }
        arbiter.restored(lastAtNs, last > 0);
    }

    private void restore(JournalRecord record) {
        switch (record.kind()) {
            case FRAME -> {
                dialect.identity().of(record.bytes(), 0, record.length());
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
