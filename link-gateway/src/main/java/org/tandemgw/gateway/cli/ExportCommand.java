package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.tandemgw.gateway.backup.Redaction;
import org.tandemgw.gateway.backup.TimeRange;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordJson;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.journal.StoredJournal;
import org.tandemgw.gateway.journal.TimeSearch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options and the body of {@code journal export}. */
final class ExportCommand {
    private static final int LOOK_EVERY = 1_000;

    @Parameters(paramLabel = "ACD", description = "Its name.")
    private String acd;

    @Option(
            names = "--from",
            paramLabel = "N|TIME",
            description = "The first sequence, or a time like 2026-11-21T05:13Z.")
    private String from;

    @Option(names = "--to", paramLabel = "M|TIME", description = "The last sequence, or a time. Both are included.")
    private String to;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description =
                    "15m, 30m or 1h: from the start of the interval in which --from lies to the end of that of --to.")
    private Duration interval;

    @Option(names = "--generation", paramLabel = "G", description = "Another than the newest.")
    private Integer generation;

    @Mixin
    private PassedBytes passed;

    @ArgGroup
    private JournalVerb.Form form;

    @Option(names = "--exact", description = "Hide nothing. Without it, digits of numbers become '#'.")
    private boolean exact;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a file, for its owner alone, in place of standard output.")
    private Path output;

    @Option(names = "--force", description = "Write over FILE if it is there.")
    private boolean force;

    private Console console;
    private boolean complete = true;

    int run(Console onConsole, Path data) {
        console = onConsole;
        Names.requireAcd(acd);
        passed.check();
        form = form == null ? new JournalVerb.Form() : form;
        final int chosen = Generations.choose(data, acd, generation);
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, acd, chosen))) {
            return export(journal, chosen);
        } catch (IOException e) {
            throw Refusal.no("cannot write: " + e.getMessage(), null);
        }
    }

    private int export(StoredJournal journal, int chosen) throws IOException {
        final long oldest = journal.oldest();
        final long last = journal.last();
        final TimeSearch times = new TimeSearch(journal);
        final TimeRange range = range(times, last);
        final long first = first(times, range, oldest, last);
        final long end = end(times, range, oldest, last);
        if (first > end) {
            say("there is nothing in that range; " + acd + " generation " + chosen + " holds "
                    + (last == 0 ? "nothing" : span(times, oldest, last)));
            return 1;
        }
        if (output == null) {
            copy(journal, first, end, console.out());
        } else {
            try (OutputFile file = new OutputFile(console.folder().resolve(output), force)) {
                copy(journal, first, end, file.out());
                file.finish();
            }
        }
        say(acd + " generation " + chosen + ": " + span(times, first, end) + (exact ? "" : ", numbers hidden"));
        return complete ? 0 : 1;
    }

    /** The times that were asked for; without --interval only those of the ends that are times. */
    private TimeRange range(TimeSearch times, long last) {
        final TimeRange asked =
                new TimeRange(at(from, Long.MIN_VALUE, times, last), at(to, Long.MAX_VALUE, times, last));
        final boolean sequences = from != null && to != null && isSequence(from) && isSequence(to);
        if (asked.fromNs() > asked.toNs() || sequences && sequence(from) > sequence(to)) {
            throw Refusal.usage("--to is before --from", null);
        }
        try {
            return interval == null ? asked : asked.inWhole(TimeRange.interval(interval));
        } catch (IllegalArgumentException e) {
            throw Refusal.usage(e.getMessage(), null);
        }
    }

    private long at(String text, long otherwise, TimeSearch times, long last) {
        if (text == null) {
            return otherwise;
        }
        if (!isSequence(text)) {
            return Times.parse(text);
        }
        final long sequence = sequence(text);
        final long atNs = interval == null || sequence > last ? -1 : times.atNs(sequence, last);
        return atNs < 0 ? otherwise : atNs;
    }

    private long first(TimeSearch times, TimeRange range, long oldest, long last) {
        if (from == null) {
            return oldest;
        }
        if (isSequence(from) && sequence(from) > last) {
            return last + 1;
        }
        final boolean bySequence = isSequence(from) && interval == null;
        final boolean cut =
                bySequence ? sequence(from) < oldest : oldest > 1 && times.atNs(oldest, last) > range.fromNs();
        if (cut) {
            say("records before " + oldest + " are no longer kept");
            complete = false;
        }
        return bySequence ? Math.max(oldest, sequence(from)) : times.firstAtOrAfter(range.fromNs(), oldest, last);
    }

    private long end(TimeSearch times, TimeRange range, long oldest, long last) {
        if (to == null || range.toNs() == Long.MAX_VALUE && !isSequence(to)) {
            return last;
        }
        if (isSequence(to) && sequence(to) > last) {
            say("the journal ends at " + last);
            complete = false;
            return last;
        }
        return isSequence(to) && interval == null
                ? sequence(to)
                : times.firstAtOrAfter(range.toNs() + 1, oldest, last) - 1;
    }

    private void copy(StoredJournal journal, long first, long end, OutputStream out) throws IOException {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader();
                Progress progress = new Progress(console, acd, first, end)) {
            if (!reader.seek(first)) {
                throw Refusal.no("records from " + first + " have just been removed; try again", null);
            }
            while (reader.position() <= end && reader.next(record)) {
                write(record, out);
                if (record.sequence() % LOOK_EVERY == 0) {
                    progress.accept(record.sequence());
                    if (output == null && console.out().checkError()) {
                        return; // whoever read it has gone
                    }
                }
            }
        }
    }

    private void write(JournalRecord record, OutputStream out) throws IOException {
        if (!passed.shows(record)) {
            return;
        }
        final boolean hide = !exact && record.kind() == RecordKind.FRAME;
        final byte[] bytes = hide ? Redaction.of(record.bytes(), record.length()) : record.bytes();
        if (form.raw) {
            if (record.kind() == RecordKind.FRAME) {
                out.write(bytes, 0, record.length());
            }
            return;
        }
        final String line = !form.json
                ? RecordText.line(record, bytes, record.length())
                : hide ? RecordJson.redacted(record, bytes) : RecordJson.of(record);
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private String span(TimeSearch times, long first, long end) {
        return "records " + first + " to " + end + ", " + Times.text(times.atNs(first, end)) + " to "
                + Times.text(times.atNs(end, end));
    }

    private static boolean isSequence(String text) {
        return text.matches("[0-9]{1,18}");
    }

    private static long sequence(String text) {
        final long sequence = Long.parseLong(text);
        if (sequence < 1) {
            throw Refusal.usage("sequences begin at 1", null);
        }
        return sequence;
    }

    private void say(String text) {
        console.err().println("tandem: " + text);
    }
}
