package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.control.SwitchAnswer;
import org.tandemgw.gateway.decision.DecisionJson;
import org.tandemgw.gateway.decision.DrillLog;
import org.tandemgw.gateway.decision.DrillReport;
import org.tandemgw.gateway.decision.DrillText;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.TextTable;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.gateway.switchover.DrillStage;
import org.tandemgw.gateway.switchover.DrillVerdict;
import org.tandemgw.gateway.switchover.DrillView;
import org.tandemgw.gateway.switchover.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem drill",
        sortOptions = false,
        description =
                "Proves that switching works: the other server takes over, and as soon as the one that was left has come back and proved"
                        + " itself it takes over again. Two switchovers like any other; waits until the second is over. Nothing overrides"
                        + " what a drill needs.",
        footer = {
            "",
            "Examples:",
            "  tandem drill --dry-run                        what would happen, what is in the way",
            "  tandem drill --reason \"before the holidays\"",
            "  tandem drill --list                           those that were made, and those that were skipped",
            "  tandem drill show 3                           the report of one",
            "",
            "Exit status: 0 passed, or would be begun; 1 refused, failed, stayed or interrupted; 2 usage or configuration.",
            "Ctrl-C ends the command, not the drill. On schedule: switchover.drill, docs/drill.md."
        })
final class DrillVerb extends Verb implements Callable<Integer> {
    private static final int LISTED = 50;
    private static final long LOOK_MS = 200;
    private static final int REPORT_LOOKS = 40;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why: it stands in the report, in tandem why and in the audit file.")
    private String reason;

    @Option(names = "--dry-run", description = "Only say what would happen.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--list", description = "The newest drills, a line each. Also of a stopped site.")
    private boolean list;

    @Option(names = "--json", description = "The report as one JSON object, for programs; with --list an array.")
    private boolean json;

    private SwitchSite site;
    private DrillLog log;
    private volatile long number;

    DrillVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return Refusal.told(console, json, () -> {
            try {
                return decide();
            } catch (IOException e) {
                throw Refusal.no(e.getMessage(), null);
            }
        });
    }

    @Command(
            name = "show",
            description =
                    "The report of one drill: each way with its steps and its calls, and the verdict. Also of a stopped site.")
    int show(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "NUMBER",
                            description = "As in the first column of tandem drill --list; else the newest.")
                    Long wanted,
            @Option(names = "--json", description = "The report as one JSON object.") boolean asJson) {
        return Refusal.told(console, asJson || json, () -> {
            try {
                log = new DrillLog(SiteFolder.data(configFile(null)));
                final List<Long> numbers = log.numbers();
                if (wanted == null && numbers.isEmpty()) {
                    throw Refusal.no("no drill was ever made", "tandem drill --reason …");
                }
                final long which = wanted == null ? numbers.get(numbers.size() - 1) : wanted;
                final DrillReport report = log.read(which);
                if (report == null) {
                    throw Refusal.no("there is no drill " + which, "tandem drill --list");
                }
                tell(report, asJson || json);
                return report.drill().open() || report.drill().verdict() == DrillVerdict.PASSED ? 0 : 1;
            } catch (IOException e) {
                throw Refusal.no(e.getMessage(), null);
            }
        });
    }

    private int decide() throws IOException {
        log = new DrillLog(SiteFolder.data(configFile(null)));
        if (list) {
            return list();
        }
        if (!dryRun && (reason == null || reason.isBlank())) {
            throw Refusal.usage(
                    "--reason TEXT is missing: who reads the report will ask for it", "the same with  --reason TEXT");
        }
        site = new SwitchSite(configFile(null));
        if (dryRun) {
            final SwitchAnswer would = would();
            if (json) {
                console.out().println(JsonRecords.write(would.decision()));
            } else {
                plan(would.decision()).forEach(console.out()::println);
                console.out().println("would drill; nothing was done");
            }
            return 0;
        }
        requireAgreement();
        return tell(
                OnInterrupt.tell(
                        console,
                        () -> number == 0
                                ? "a drill that was begun goes on;  tandem status --watch,  tandem drill show"
                                : "drill " + number + " goes on, and home;  tandem drill show " + number,
                        this::drill),
                json);
    }

    /** What would be done; refuses where it would not. */
    private SwitchAnswer would() {
        final SwitchAnswer would = site.ask("/v1/drill?dryRun", reason);
        if (would.decision() == null || would.decision().outcome() != Outcome.WOULD_SWITCH) {
            throw refused(would);
        }
        return would;
    }

    private void requireAgreement() {
        if (yes) {
            return;
        }
        if (console.person() == null) {
            throw Refusal.usage("this moves trunks twice, and there is no terminal to ask at", "add --yes");
        }
        plan(would().decision()).forEach(console.err()::println);
        if (!console.agrees("Drill now?")) {
            throw Refusal.no("not done", null);
        }
    }

    private List<String> plan(DecisionJson would) {
        final List<String> lines = new ArrayList<>();
        lines.add(would.from() + " is active; " + would.to() + " takes over, and once " + would.from()
                + " has come back and proved itself it takes over again.");
        lines.add("  Trunks move twice: calls on them are cut; "
                + (would.calls() == null
                        ? "how many are up is not known."
                        : would.calls().inFlight() + " are up."));
        for (final Condition each : would.conditions()) {
            lines.add("  " + (each.met() ? "ok       " : Ink.WARN.paint("NOT MET", console.colours()) + "  ")
                    + Ink.harmless(each.name() + ": " + each.value()));
        }
        return lines;
    }

    /** Begins it, and tells how far it is until it is over. */
    private DrillReport drill() {
        final ToldSteps steps = new ToldSteps(console);
        final SwitchAnswer out = site.move("/v1/drill", reason, each -> {
            if (!json && each.decision() != null && each.decision().outcome() != Outcome.REFUSED) {
                steps.tell(each.decision());
            }
        });
        if (!out.ok() || out.decision() == null) {
            throw refused(out);
        }
        final long mine = out.decision().decision();
        DrillView view = look();
        while (view.newest() != null
                && view.newest().out() == mine
                && view.newest().open()) {
            number = view.newest().number();
            if (!json) {
                progress(view, steps);
            }
            pause();
            view = look();
        }
        if (view.newest() != null && view.newest().out() == mine) {
            number = view.newest().number();
            if (!json) {
                progress(view, steps);
            }
        }
        return report(view.newest());
    }

    private void progress(DrillView view, ToldSteps steps) {
        final Drill drill = view.newest();
        if (drill.stage() == DrillStage.AWAY) {
            steps.line("drill " + drill.number() + ": " + drill.away() + " is active; " + drill.home()
                    + " takes over again as soon as nothing is missing");
            view.missing().stream()
                    .map(each -> "  still missing: " + each.substring(0, Math.max(each.indexOf(':'), 0)))
                    .forEach(steps::line);
        }
        final Decision home = drill.back() == 0 ? null : site.decisionOrNull(drill.back());
        if (home != null) {
            steps.tell(DecisionJson.of(home));
        }
    }

    private DrillView look() {
        try {
            return site.running().record(DrillView.class, "/v1/drill");
        } catch (Refusal e) {
            throw Refusal.no(
                    "Tandem went away in the middle of " + (number == 0 ? "the drill" : "drill " + number),
                    "when it runs again it goes home, or says why not:  tandem status,  then  tandem drill show"
                            + (number == 0 ? "" : " " + number));
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.no("interrupted; the drill goes on", "tandem drill show");
        }
    }

    /** It is written a moment after the drill is over, and the accounts of the calls are closed a moment after that. */
    private DrillReport report(Drill drill) {
        DrillReport report = null;
        try {
            for (int i = 0; i < REPORT_LOOKS && !whole(report); i++) {
                report = log.read(number);
                if (!whole(report)) {
                    pause();
                }
            }
        } catch (IOException e) {
            console.err().println("tandem: " + e.getMessage());
        }
        return report == null || report.drill().open() ? new DrillReport(drill, null, null) : report;
    }

    private static boolean whole(DrillReport report) {
        return report != null
                && !report.drill().open()
                && (report.home() == null
                        || report.home().calls() == null
                        || report.home().calls().final_());
    }

    private int tell(DrillReport report, boolean asJson) {
        if (asJson) {
            console.out().println(JsonRecords.write(report));
        } else {
            print(DrillText.lines(report, console.colours()));
        }
        return report.drill().verdict() == DrillVerdict.PASSED ? 0 : 1;
    }

    private int list() throws IOException {
        final List<Long> numbers = new ArrayList<>(log.numbers());
        Collections.reverse(numbers);
        final List<DrillReport> reports = new ArrayList<>();
        for (final long each : numbers.subList(0, Math.min(LISTED, numbers.size()))) {
            final DrillReport report = log.read(each);
            if (report != null) {
                reports.add(report);
            }
        }
        if (json) {
            console.out().println(JsonRecords.write(reports));
            return 0;
        }
        final TextTable table = new TextTable(
                console.colours(), ">#", "BEGUN (UTC)", "FROM", "TO", "BY", "VERDICT", "OUT", "HOME", "REASON OR WHY");
        for (final DrillReport each : reports) {
            final Drill drill = each.drill();
            table.row()
                    .cell(drill.number())
                    .cell(drill.begunAt().toString().substring(0, 19).replace('T', ' '))
                    .cell(drill.home())
                    .cell(drill.away())
                    .cell(drill.who())
                    .cell(DrillText.word(drill), drill.verdict() == DrillVerdict.PASSED ? Ink.GOOD : Ink.WARN)
                    .cell(drill.out() == 0 ? "" : Long.toString(drill.out()))
                    .cell(drill.back() == 0 ? "" : Long.toString(drill.back()))
                    .cell(Ink.harmless(drill.why() == null ? drill.reason() : drill.why()));
        }
        print(table.lines());
        if (reports.isEmpty()) {
            console.out().println("no drill was ever made;  tandem drill --reason TEXT  makes one");
        }
        return 0;
    }

    private static Refusal refused(SwitchAnswer answer) {
        final List<String> because =
                answer.decision() == null ? List.of() : answer.decision().refusedBecause();
        return Refusal.no(
                "refused: " + Ink.harmless(because.isEmpty() ? answer.message() : String.join("; ", because)),
                answer.remedy() == null ? "tandem status" : Ink.harmless(answer.remedy()));
    }
}
