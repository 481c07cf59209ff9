package org.tandemgw.gateway.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.decision.Account;
import org.tandemgw.gateway.decision.DecisionJson;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.ledger.LedgerTotal.Counts;
import org.tandemgw.gateway.recovery.StoredSession;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.recovery.Fate;

/** The account of one switchover, of all ACDs, as people and programs read it. Reads files; any thread, also on a stopped site. */
public final class LedgerPage {
    /** Why nobody knows a fate while the attempt is under way. */
    static final String OPEN = "open";

    private static final int MOST_ROWS = 3;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<LedgerShelf.Name> files;
    private final List<LedgerTotal> totals = new ArrayList<>();
    private final boolean followed;
    private final Path data;
    private Counts sum = Counts.NONE;

    private LedgerPage(Path data, List<LedgerShelf.Name> files, boolean followed) throws IOException {
        this.data = data;
        this.files = files;
        this.followed = followed;
        for (final LedgerShelf.Name each : files) {
            final LedgerTotal total = LedgerShelf.total(each.file());
            totals.add(total);
            sum = sum.plus(total.counts());
        }
    }

    /**
     * Of the switchover with this epoch; null if there is no account of it.
     *
     * @throws IOException if there is one, and it cannot be read; the message names the file
     */
    public static LedgerPage of(Path data, Long epoch) throws IOException {
        if (epoch == null) {
            return null;
        }
        final List<LedgerShelf.Name> all = new LedgerShelf(data).all();
        final List<LedgerShelf.Name> files =
                all.stream().filter(each -> each.epoch() == epoch).toList();
        return files.isEmpty()
                ? null
                : new LedgerPage(data, files, all.get(all.size() - 1).epoch() > epoch);
    }

    /** Whether the attempt is over and it is known which cards moved. */
    public boolean isClosed() {
        return totals.stream().noneMatch(total -> total.stage() == LedgerTotal.Stage.BEGUN);
    }

    /** What it adds up to. */
    public DecisionJson.Calls calls() {
        return isClosed()
                ? DecisionJson.Calls.of(sum.kept(), sum.recovered(), sum.cut(), sum.unknown())
                : DecisionJson.Calls.open(sum.calls());
    }

    /** Every line, as it stands in its file; with a mark where its fate is not the last word. */
    public void texts(LedgerShelf.Texts each) throws IOException {
        final boolean closed = isClosed();
        for (final LedgerShelf.Name file : files) {
            if (closed) {
                LedgerShelf.texts(file.file(), each);
            } else {
                LedgerShelf.read(file.file(), line -> each.next(open(line)));
            }
        }
    }

    private static String open(LedgerLine line) {
        return "{\"final\":false,"
                + JsonRecords.write(line.fated(Fate.UNKNOWN, OPEN, "which cards have moved is not known yet"))
                        .substring(1);
    }

    /**
     * For the page of the decision.
     *
     * @param over whether the decision is
     */
    public Account account(long decision, boolean over) throws IOException {
        final List<Account.Row> rows = new ArrayList<>();
        final List<String> notes = new ArrayList<>();
        if (!isClosed()) {
            notes.add("which of them run through cards that have moved is not known yet: "
                    + (over ? "the account cannot be closed, see the alarms;  tandem status" : "it is under way"));
            return new Account(calls(), 0, rows, notes);
        }
        for (final Fate fate : List.of(Fate.CUT, Fate.UNKNOWN, Fate.RECOVERED)) {
            rows(fate, rows);
        }
        legend(notes);
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if (totals.get(i).stage() != LedgerTotal.Stage.LOST) {
                names.add(files.get(i).file().getFileName().toString());
            }
        }
        if (sum.calls() > 0 && !names.isEmpty()) {
            notes.add("each of them:  tandem why " + decision + " --json  or in the data folder  " + LedgerShelf.FOLDER
                    + "/" + (names.size() > 1 ? files.get(0).epoch() + "-*.jsonl" : names.get(0)));
        }
        totals.forEach(total -> listed(total, notes));
        totals.forEach(total -> told(total, notes));
        return new Account(calls(), sum.ended(), rows, notes);
    }

    /** What the words mean that stand there. */
    private void legend(List<String> notes) {
        final StringJoiner legend = new StringJoiner("; ");
        if (sum.kept() > 0) {
            legend.add("kept: goes on untouched");
        }
        if (sum.recovered() > 0) {
            legend.add("recovered: " + totals.get(0).to() + " is told of it as it stands");
        }
        if (sum.cut() > 0) {
            legend.add("cut: gone with its trunk");
        }
        if (legend.length() > 0) {
            notes.add(legend.toString());
        }
    }

    /** What is kept of the calls for the server that took over, of each ACD; none where another switchover has followed. */
    public List<StoredSession> sessions() {
        return totals.stream().map(this::session).filter(Objects::nonNull).toList();
    }

    private StoredSession session(LedgerTotal total) {
        try {
            return StoredSession.of(data, Path.of(CallKeeper.FOLDER), total.acd(), total.epoch());
        } catch (IOException e) {
            return StoredSession.unreadable(total.acd());
        }
    }

    /** Whether the server that took over can be told of all that is called recovered. */
    private void told(LedgerTotal total, List<String> notes) {
        if (followed || !Outcome.SWITCHED.toString().equals(total.outcome())) {
            return;
        }
        final String begin = (totals.size() > 1 ? total.acd() + ": " : "") + "its recovery session ";
        final StoredSession session = session(total);
        if (session == null) {
            notes.add(begin + "is not on the disk: " + total.to()
                    + " gets it from the running Tandem at most;  tandem status");
        } else if (session.lacking() < 0) {
            notes.add(begin + "cannot be looked at from here;  tandem status");
        } else if (session.lacking() > 0) {
            notes.add(begin + "LACKS " + session.lacking() + " of its " + session.frames()
                    + " frames, which were deleted for want of space, or cannot be read: " + total.to()
                    + (session.fetched() ? " was not told of them" : " cannot be told of them"));
        }
    }

    private void rows(Fate fate, List<Account.Row> rows) throws IOException {
        final long of = fate == Fate.CUT ? sum.cut() : fate == Fate.UNKNOWN ? sum.unknown() : sum.recovered();
        final long wanted = Math.min(of, MOST_ROWS - rows.size());
        final int before = rows.size();
        for (final LedgerShelf.Name file : files) {
            LedgerShelf.first(
                    file.file(),
                    fate.word(),
                    wanted - (rows.size() - before),
                    line -> rows.add(new Account.Row(
                            fate.word(), (files.size() > 1 ? line.acd() + ": " : "") + text(fate, line))));
        }
    }

    private static String text(Fate fate, LedgerLine line) {
        final StringJoiner text = new StringJoiner(", ");
        text.add(
                line.parties().isEmpty()
                        ? "call " + line.id()
                        : String.join(
                                " > ",
                                line.parties()
                                        .subList(0, Math.min(2, line.parties().size()))));
        text.add(line.state()
                + (line.queue().isEmpty() ? "" : " in " + line.queue())
                + (line.agent().isEmpty() ? "" : " with " + line.agent()));
        if (line.waitedMs() > 0) {
            text.add("waited " + Amounts.time(line.waitedMs()));
        }
        if (fate == Fate.CUT) {
            text.add("on " + line.trunk());
        }
        return text + (fate == Fate.UNKNOWN ? ": " + line.why() : "");
    }

    private void listed(LedgerTotal total, List<String> notes) {
        final String acd = totals.size() > 1 ? total.acd() + ": " : "";
        if (total.began() != null) {
            notes.add(
                    acd + "that it began, " + TIME.format(total.began()) + " UTC, was written down at "
                            + TIME.format(total.at())
                            + " only, after a restart: calls that ended in between, or that nobody had heard of by then, are not among them");
        }
        if (total.stage() == LedgerTotal.Stage.LOST) {
            notes.add(acd + "what became of its " + total.counts().calls() + " calls was not written down: "
                    + total.why());
            return;
        }
        if (total.stage() == LedgerTotal.Stage.COMPARED) {
            final Counts counts = total.counts();
            notes.add(acd + "the ACD's own list, " + TIME.format(total.listedAt()) + " UTC: " + counts.inFlight()
                    + " still there, " + counts.ended() + " ended since"
                    + (counts.discovered() == 0 ? "" : ", " + counts.discovered() + " that nobody had heard of"));
        } else if (total.stage() == LedgerTotal.Stage.CLOSED) {
            notes.add(acd
                    + (!Outcome.SWITCHED.toString().equals(total.outcome())
                            ? "was not compared with the ACD's own list: the switchover did not succeed ("
                                    + total.outcome() + ")"
                            : followed
                                    ? "was not compared with the ACD's own list: another switchover followed"
                                    : "not yet compared with the ACD's own list"));
        }
    }
}
