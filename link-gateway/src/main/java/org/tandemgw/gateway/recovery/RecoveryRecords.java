package org.tandemgw.gateway.recovery;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.PickedRecords;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.journal.RecordSource;

/**
 * The records of a recovery session, numbered from 1: a note, the frames as the journal has them, and one without any bytes behind the last. It holds one record and some
 * thousand numbers, however long the session is.
 */
public final class RecoveryRecords implements RecordSource {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryRecords.class);

    private final RecoverySession session;
    private final PickedRecords picked;
    private FrameList.Cursor frames;
    private long count;
    private long next;
    private String broken;

    RecoveryRecords(RecoverySession session, JournalReader journal, long start) {
        this.session = session;
        this.picked = new PickedRecords(journal);
        this.next = start;
    }

    /** Whether it is the one behind the last. */
    public static boolean isEnd(JournalRecord record) {
        return record.kind() != RecordKind.FRAME && record.length() == 0;
    }

    @Override
    public boolean next(JournalRecord into) {
        if (lostItsPlace()) {
            return false;
        }
        if (next == 1) {
            final String first = session.first();
            if (first != null) {
                PickedRecords.note(first, next++, into);
            }
            return first != null;
        }
        try {
            return frame(into);
        } catch (IOException e) {
            broken = "the list of its frames cannot be read: " + e;
            LOG.warn("{}: {}", session.name(), broken);
            return false;
        }
    }

    private boolean frame(JournalRecord into) throws IOException {
        if (frames == null) {
            frames = session.cursor();
            count = session.frames();
        }
        final long index = next - 2;
        if (frames == null || index > count) {
            return false;
        }
        if (index == count) {
            PickedRecords.note("", next++, into);
            session.sentToItsEnd();
        } else {
            picked.read(frames.at(index), next++, into);
            if (into.kind() == RecordKind.LOST) {
                session.sentAsLost(index);
            }
        }
        return true;
    }

    @Override
    public boolean lostItsPlace() {
        return why() != null;
    }

    /** Why nothing more comes although it is not at its end; null: it does. */
    public String why() {
        return broken == null ? session.over() : broken;
    }

    @Override
    public void close() {
        picked.close();
        if (frames != null) {
            frames.close();
        }
    }
}
