package org.tandemgw.gateway.calls;

import java.util.function.Consumer;
import java.util.function.Function;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.TableLimits;

/**
 * The duty cycle of the calls of one ACD: reads the journal, as far as feeds may send it, and folds what it says into the table. One thread, whichever it is;
 * never waits.
 */
final class CallReading implements AutoCloseable {
    /** So many records at a time: then it is somebody else's turn. */
    private static final int RECORDS_PER_TURN = 256;

    private final LinkJournal journal;
    private final JournalReader reader;
    private final JournalRecord record = new JournalRecord();
    private final CallEvent whole = new CallEvent();
    private final CallDecoder decoder;
    private final CallTable table;
    private long position;

    /** @param dialect makes a decoder that hands on to what it is given */
    CallReading(LinkJournal journal, Function<Consumer<CallEvent>, CallDecoder> dialect, TableLimits limits) {
        this.journal = journal;
        this.reader = journal.newReader();
        this.table = new CallTable(limits, CallWatcher.NONE);
        this.decoder = dialect.apply(table::apply);
        goTo(journal.oldest());
    }

    /** A little work; how much it was, 0 if there was none. */
    int turn() {
        if (reader.lostItsPlace()) {
            goTo(journal.oldest());
            table.apply(whole.begin(CallEventKind.GAP, position, record.atNs()));
            return 1;
        }
        int read = 0;
        while (read < RECORDS_PER_TURN && reader.next(record)) {
            read++;
            fold();
            position = record.sequence();
        }
        return read;
    }

    private void goTo(long sequence) {
        // Between the two calls it may have been dropped as well; then the next turn finds that out.
        reader.seek(sequence);
        position = sequence - 1;
    }

    private void fold() {
        if (record.kind() == RecordKind.FRAME) {
            decoder.decode(record.bytes(), 0, record.length(), record.sequence(), record.atNs());
        } else if (record.kind() != RecordKind.MARK) {
            table.apply(whole.begin(CallEventKind.GAP, record.sequence(), record.atNs()));
        }
    }

    CallTable table() {
        return table;
    }

    /** The last record that is in the table. */
    long position() {
        return position;
    }

    @Override
    public void close() {
        reader.close();
    }
}
