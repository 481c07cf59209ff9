package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordJson;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.journal.StoredJournal;

/** The body of {@code journal cat}. */
final class JournalCat {
    private static final long LOOK_EVERY_MS = 100;
    private static final int FLUSH_EVERY = 1_000;

    private final Console console;
    private final JournalVerb.Form form;
    private final PassedBytes passed;

    JournalCat(Console console, JournalVerb.Form form, PassedBytes passed) {
        this.console = console;
        this.form = form;
        this.passed = passed;
    }

    /** {@code generation}, {@code from} and {@code to} may be null. */
    int print(Path data, String acd, Integer generation, Long from, Long to, boolean follow) {
        final int chosen = Generations.choose(data, acd, generation);
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, acd, chosen));
                JournalReader reader = journal.newReader()) {
            return print(journal, reader, from, to, follow);
        }
    }

    private int print(StoredJournal journal, JournalReader reader, Long from, Long to, boolean follow) {
        final long oldest = journal.oldest();
        final long last = journal.last();
        final long first = from == null ? oldest : Math.max(from, oldest);
        final long end = to == null ? follow ? Long.MAX_VALUE : last : to;
        boolean complete = from == null || from >= oldest;
        if (!complete) {
            console.err().println("tandem: records before " + oldest + " are no longer kept");
        }
        if (first > last && !follow || !seek(reader, first, follow)) {
            console.err().println("tandem: the journal ends at " + last);
            return from == null && to == null ? 0 : 1;
        }
        complete &= copy(journal, reader, end, follow);
        if (to != null && reader.position() <= to) {
            console.err().println("tandem: the journal ends at " + (reader.position() - 1));
            complete = false;
        }
        return complete ? 0 : 1;
    }

    /** A sequence that is still to come can be found only once the ones before it are there. */
    private boolean seek(JournalReader reader, long first, boolean follow) {
        while (!reader.seek(first)) {
            if (!follow || !sleep()) {
                return false;
            }
        }
        return true;
    }

    /** False if files were deleted while they were being read. */
    private boolean copy(StoredJournal journal, JournalReader reader, long end, boolean follow) {
        final JournalRecord record = new JournalRecord();
        boolean complete = true;
        long count = 0;
        while (reader.position() <= end) {
            if (reader.next(record)) {
                show(record);
                if (++count % FLUSH_EVERY == 0 && console.out().checkError()) {
                    return complete;
                }
            } else if (reader.lostItsPlace()) {
                complete = false;
                final long lost = reader.position();
                final long oldest = journal.oldest();
                console.err().println("tandem: records " + lost + " to " + (oldest - 1) + " were deleted meanwhile");
                reader.seek(oldest);
            } else if (!follow || console.out().checkError() || !sleep()) {
                return complete;
            }
        }
        return complete;
    }

    private void show(JournalRecord record) {
        if (!passed.shows(record)) {
            return;
        }
        if (form.raw) {
            if (record.kind() == RecordKind.FRAME) {
                console.out().write(record.bytes(), 0, record.length());
            }
        } else if (form.json) {
            console.out().println(RecordJson.of(record));
        } else {
            console.out().println(RecordText.line(record, record.bytes(), record.length()));
        }
    }

    private boolean sleep() {
        console.out().flush();
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
