package org.tandemgw.gateway.decision;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Trigger;

/**
 * One decision on one page, for who has been woken by it: what was decided, what was seen, where the fault is, what was done and how long it took, what it means
 * now, and what to type. At most {@link #MOST_LINES} lines of {@link Page#WIDTH} columns. Pure; any thread.
 */
public final class Story {
    static final int MOST_LINES = 52;

    private static final int MOST_SEEN = 12;
    private static final int MOST_STEPS = 8;
    private static final int MOST_BECAUSE = 3;
    private static final int TIGHT = 8;
    private static final int SOURCE = 34;
    private static final int FATE = 13;
    private static final String SCHEDULE = "tandem";
    private static final Set<String> MAY_HAVE_MOVED = Set.of("MOVED", "UNKNOWN", Earlier.CUT_OFF);
    private static final DateTimeFormatter DAY_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final DecisionRecord record;
    private final Decision decision;
    private final SwitchoverView now;
    private final boolean silent;
    private final Account account;
    private final Page page;

    private Story(
            DecisionRecord record,
            Decision decision,
            Account account,
            SwitchoverView now,
            boolean silent,
            boolean colours) {
        this.account = account;
        this.silent = silent;
        this.record = record;
        this.decision = record.told(decision);
        this.now = now;
        this.page = new Page(colours);
    }

    /**
     * The page.
     *
     * @param decision newer than the record's, where the site runs; null: the record's
     * @param account of the calls that were in flight; null: there is none
     * @param now how the site stands; null if it does not run, or does not answer
     * @param silent whether it runs and does not answer
     */
    public static List<String> lines(
            DecisionRecord record,
            Decision decision,
            Account account,
            SwitchoverView now,
            boolean silent,
            boolean colours) {
        return new Story(record, decision == null ? record.decision() : decision, account, now, silent, colours).tell();
    }

    private List<String> tell() {
        head();
        seen();
        decided();
        done();
        calls();
        meaning();
        return page.lines();
    }

    private void head() {
        final String what = decision.to() == null
                ? "for nobody"
                : (decision.from() == null ? "nobody known" : decision.from()) + " → " + decision.to();
        page.item(
                "DECISION " + decision.decision(),
                Ink.BOLD,
                14,
                what + "   " + outcome() + (decision.epoch() == null ? "" : "   epoch " + decision.epoch()) + ""
                        + (record.rules() == null
                                ? ""
                                : "   site " + record.rules().site()),
                1);
        page.text(14, at(decision.openedAt()), 1);
        final String who = decision.trigger() == Trigger.AUTOMATIC || SCHEDULE.equals(decision.who())
                ? "by itself"
                : "by " + decision.who();
        page.text(
                14,
                (decision.trigger() == null ? "" : decision.trigger() + ", ")
                        + who
                        + (decision.forced() ? ", FORCED" : "")
                        + (decision.reason() == null ? "" : ": " + decision.reason()),
                2);
    }

    private String outcome() {
        return decision.outcome() == null
                ? SiteNow.isForgotten(now, decision) ? "WITHOUT AN END" : "UNDER WAY"
                : decision.outcome().toString().toUpperCase(Locale.ROOT);
    }

    private String at(Instant at) {
        if (at == null) {
            return "at an unknown time";
        }
        final String utc = DAY_TIME.format(at.atOffset(ZoneOffset.UTC)) + " UTC";
        try {
            final ZoneId zone = ZoneId.of(record.rules().timeZone());
            return zone.getRules().getOffset(at).equals(ZoneOffset.UTC)
                    ? utc
                    : utc + "   (" + TIME.format(at.atZone(zone)) + " " + zone + ")";
        } catch (DateTimeException | NullPointerException e) {
            return utc;
        }
    }

    private void seen() {
        final List<Seen.Row> rows = new ArrayList<>(record.rules() == null ? List.of() : Seen.of(record, decision));
        if (record.parts().isEmpty()) {
            decision.evidence()
                    .forEach(each -> rows.add(new Seen.Row(
                            each.source(),
                            true,
                            Page.relative(each.at().toEpochMilli()
                                            - decision.openedAt().toEpochMilli()) + "  " + each.said())));
        }
        page.blank();
        page.heading("WHAT WAS SEEN, in seconds before (-) and after (+) the verdict");
        final List<Seen.Row> shown = shown(rows);
        shown.forEach(row -> page.item(
                "  " + Page.cut(row.source(), SOURCE - 3),
                row.bad() ? Ink.BAD : Ink.PLAIN,
                SOURCE,
                row.text(),
                shown.size() > TIGHT ? 1 : 2));
        if (shown.size() < rows.size()) {
            page.text(2, (rows.size() - shown.size()) + " more, all of them well", 1);
        }
    }

    /** What was not well goes first where not everything fits. */
    private static List<Seen.Row> shown(List<Seen.Row> rows) {
        if (rows.size() <= MOST_SEEN) {
            return rows;
        }
        final List<Seen.Row> shown = new ArrayList<>(rows);
        for (int i = shown.size() - 1; i >= 0 && shown.size() > MOST_SEEN; i--) {
            if (!shown.get(i).bad()) {
                shown.remove(i);
            }
        }
        return shown.subList(0, Math.min(shown.size(), MOST_SEEN));
    }

    private void decided() {
        page.blank();
        if (decision.diagnosis() != null) {
            page.item("THE FAULT", Ink.BOLD, 11, decision.diagnosis(), 2);
        }
        final List<Condition> missing =
                decision.conditions().stream().filter(each -> !each.met()).toList();
        final List<String> because = decision.refusedBecause();
        final boolean begun = decision.epoch() != null;
        if (begun || because.isEmpty()) {
            page.item("DECIDED", Ink.BOLD, 11, "to switch" + (decision.forced() ? " by force" : "") + met(missing), 3);
        }
        for (int i = 0; i < Math.min(because.size(), MOST_BECAUSE); i++) {
            page.item(
                    i > 0 ? "" : begun ? "BUT" : "DECIDED",
                    Ink.BOLD,
                    11,
                    (begun ? "" : i == 0 ? "not to: " : "and: ") + because.get(i),
                    2);
        }
        if (because.size() > MOST_BECAUSE) {
            page.text(11, "and " + (because.size() - MOST_BECAUSE) + " more;  tandem why-not  names them all", 1);
        }
    }

    private String met(List<Condition> missing) {
        if (decision.conditions().isEmpty()) {
            return "";
        }
        return missing.isEmpty()
                ? ": all " + decision.conditions().size() + " conditions were met"
                : ", although "
                        + String.join(
                                "; ", missing.stream().map(Condition::missing).toList());
    }

    private void done() {
        if (decision.steps().isEmpty()) {
            return;
        }
        page.blank();
        page.heading("WHAT WAS DONE");
        final List<StepRow> rows = StepRow.of(decision, MOST_STEPS);
        rows.forEach(row -> page.item(
                "  " + Page.cut(row.what(), SOURCE - 3), row.well() ? Ink.PLAIN : Ink.BAD, SOURCE, row.text(), 1));
        final Long verifiedMs = StepRow.verifiedMs(decision);
        if (verifiedMs != null) {
            page.text(
                    2,
                    "from the verdict until every card was read back: " + Page.took(verifiedMs)
                            + (decision.closedAt() == null
                                    ? ""
                                    : "; to the end: "
                                            + Page.took(decision.closedAt().toEpochMilli()
                                                    - decision.openedAt().toEpochMilli())),
                    1);
        }
    }

    private void calls() {
        if (account == null) {
            if (decision.calls() >= 0 && !decision.steps().isEmpty()) {
                page.text(
                        2,
                        "calls in flight as it began: " + decision.calls()
                                + (becameNothing()
                                        ? "; it moved no card and nobody took over: nothing became of them"
                                        : "; there is no account of them"),
                        1);
            }
            return;
        }
        final DecisionJson.Calls calls = account.calls();
        page.blank();
        page.heading(
                calls.final_()
                        ? "WHAT BECAME OF THE " + calls.inFlight() + " CALLS IN FLIGHT: " + calls.kept() + " kept, "
                                + calls.recovered() + " recovered, " + calls.cut() + " cut, " + calls.unknown()
                                + " unknown"
                                + (account.ended() == 0 ? "" : "; " + account.ended() + " of all ended since")
                        : "WHAT BECOMES OF THE " + calls.inFlight() + " CALLS IN FLIGHT is not known yet");
        account.rows()
                .forEach(row -> page.item(
                        "  " + row.fate(), row.fate().equals("recovered") ? Ink.PLAIN : Ink.BAD, FATE, row.text(), 2));
        account.notes().forEach(note -> page.text(2, note, 1));
    }

    /** It ended, nobody took over, and no card moved or may have. */
    private boolean becameNothing() {
        return decision.closedAt() != null
                && decision.outcome() != Outcome.SWITCHED
                && decision.steps().stream()
                        .noneMatch(each -> each.switch_() != null && MAY_HAVE_MOVED.contains(each.outcome()));
    }

    private void meaning() {
        page.blank();
        page.item("THAT MEANS", Ink.BOLD, 11, Meaning.of(record, decision, now), 3);
        if (now == null && silent) {
            page.item(
                    "NOW",
                    Ink.BOLD,
                    11,
                    "Tandem runs and does not answer: it may be watching nothing and switching nothing",
                    1);
            page.item("TYPE NEXT", Ink.BOLD, 11, "tandem status", 1);
            return;
        }
        if (now == null) {
            page.item(
                    "NOW",
                    Ink.BOLD,
                    11,
                    "nobody answers: Tandem is not running, so nothing is watched and nothing switches",
                    1);
            page.item("TYPE NEXT", Ink.BOLD, 11, "tandem run", 1);
            return;
        }
        page.item(
                "NOW",
                Ink.BOLD,
                11,
                now.state() + ", "
                        + (now.active() == null ? "nobody is known to be active" : now.active() + " is active")
                        + ", mode " + now.mode() + ", epoch " + now.epoch()
                        + (now.decision() > decision.decision() ? "; newer:  tandem why " + now.decision() : ""),
                1);
        now.because().stream().limit(MOST_BECAUSE).forEach(why -> page.text(11, "because " + why, 3));
        page.commands("TYPE NEXT", 11, SiteNow.next(now));
    }
}
