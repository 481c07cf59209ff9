package org.tandemgw.gateway.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tandemgw.gateway.backup.Redaction;
import org.tandemgw.gateway.calls.CallDecoder;
import org.tandemgw.gateway.control.CallReport;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.journal.StoredJournal;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.TextTable;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallText;

/** The frames that told of one call, and what they say. */
final class CallLife {
    /**
     * One frame, as programs read it.
     *
     * @param says one line for each thing that it says
     * @param bytes the frame without the values of secrets, Base64; null where it was not asked for
     */
    record Frame(long sequence, Instant at, List<String> says, String bytes) {}

    /**
     * The life of a call, as programs read it.
     *
     * @param call as it is now; null if it is not in flight, or nobody could be asked
     * @param complete false if there were more frames than are remembered, or the oldest of them are not kept any more
     */
    record Json(String id, String acd, CallReport call, boolean complete, List<Frame> frames) {}

    private final String id;
    private final String acd;
    private final CallReport call;
    private final List<Frame> frames = new ArrayList<>();
    private final List<byte[]> redacted = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final CallDecoder decoder;
    private final Set<String> legs = new HashSet<>();
    private boolean ofThisCall;
    private boolean complete;

    private CallLife(String id, String acd, CallReport call, Function<Consumer<CallEvent>, CallDecoder> dialect) {
        decoder = dialect.apply(this::says);
        this.id = id;
        this.acd = acd;
        this.call = call;
        complete = call == null || call.sequencesComplete();
    }

    /** Of a call in flight: the frames that the appliance has named. */
    static CallLife ofFrames(Path data, CallReport call, Function<Consumer<CallEvent>, CallDecoder> dialect) {
        final CallLife life = new CallLife(call.id(), call.acd(), call, dialect);
        final JournalRecord record = new JournalRecord();
        try (StoredJournal journal = open(data, call.acd());
                JournalReader reader = journal.newReader()) {
            for (final long sequence : call.sequences()) {
                if (reader.seek(sequence) && reader.next(record) && record.kind() == RecordKind.FRAME) {
                    life.read(record);
                    life.add(record);
                } else {
                    life.complete = false;
                }
            }
        }
        return life;
    }

    /** Of any call: all frames in which its id stands. Null if there is none. */
    static CallLife search(
            Path data, String acd, String id, CallReport known, Function<Consumer<CallEvent>, CallDecoder> dialect) {
        final CallLife life = new CallLife(id, acd, known, dialect);
        final byte[] wanted = id.getBytes(StandardCharsets.UTF_8);
        final long only = life.decoder.recordOf(id);
        final JournalRecord record = new JournalRecord();
        try (StoredJournal journal = open(data, acd);
                JournalReader reader = journal.newReader()) {
            final boolean there = reader.seek(only < 0 ? journal.oldest() : only);
            for (long left = only < 0 ? Long.MAX_VALUE : there ? 1 : 0; left > 0 && reader.next(record); left--) {
                if (record.kind() == RecordKind.FRAME && (only >= 0 || contains(record, wanted))) {
                    life.read(record);
                    if (life.ofThisCall) {
                        life.add(record);
                    }
                }
            }
        }
        return life.frames.isEmpty() ? null : life;
    }

    private static StoredJournal open(Path data, String acd) {
        return StoredJournal.open(JournalFiles.directory(data, acd, Generations.choose(data, acd, null)));
    }

    private static boolean contains(JournalRecord record, byte[] wanted) {
        final byte[] bytes = record.bytes();
        for (int at = 0; at <= record.length() - wanted.length; at++) {
            if (bytes[at] == wanted[0] && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private void read(JournalRecord record) {
        lines.clear();
        ofThisCall = false;
        decoder.decode(record.bytes(), 0, record.length(), record.sequence(), record.atNs());
    }

    private void says(CallEvent event) {
        final String leg = event.text(CallText.LEG);
        if (event.text(CallText.CALL).equals(id)
                || event.text(CallText.FORMER_CALL).equals(id)
                || legs.contains(leg)) {
            ofThisCall = true;
            if (!leg.isEmpty()) {
                legs.add(leg);
            }
        }
        final StringBuilder line =
                new StringBuilder(event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        for (final CallText field : CallText.values()) {
            if (event.has(field)
                    && !(field == CallText.CALL && event.text(field).equals(id))) {
                line.append("  ")
                        .append(field.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .append(' ')
                        .append(event.text(field));
            }
        }
        lines.add(line.toString());
    }

    private void add(JournalRecord record) {
        final byte[] shown = Redaction.ofSecrets(record.bytes(), record.length());
        redacted.add(shown);
        frames.add(new Frame(record.sequence(), Instant.ofEpochSecond(0, record.atNs()), List.copyOf(lines), null));
    }

    Json json(boolean withFrames) {
        final List<Frame> all = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            final Frame each = frames.get(i);
            final String bytes = withFrames ? Base64.getEncoder().encodeToString(redacted.get(i)) : null;
            all.add(new Frame(each.sequence(), each.at(), each.says(), bytes));
        }
        return new Json(id, acd, call, complete, all);
    }

    List<String> lines(boolean colours, boolean withFrames) {
        final List<String> all = new ArrayList<>();
        all.add(Ink.BOLD.paint("call " + Ink.harmless(id), colours) + "  " + acd + "  "
                + (call == null
                        ? "not in flight, or Tandem does not run"
                        : call.state() + (call.sure() ? "" : "?") + ", started " + call.startedAt()
                                + (call.startSeen() ? "" : " or earlier") + ", segment " + call.segments()));
        final TextTable table = new TextTable(colours, ">SEQUENCE", "AT (UTC)", "SAYS");
        for (int i = 0; i < frames.size(); i++) {
            final Frame frame = frames.get(i);
            table.row().cell(frame.sequence()).cell(frame.at()).cell(String.join("; ", frame.says()));
            if (withFrames) {
                new String(redacted.get(i), StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .forEach(line -> table.row().cell("").cell("").cell("  " + line));
            }
        }
        all.addAll(table.lines());
        if (!complete) {
            all.add("some of its frames are not shown: there were too many, or the oldest are not kept any more");
        }
        return all;
    }
}
