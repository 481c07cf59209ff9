package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.control.SwitchAnswer;
import org.tandemgw.gateway.decision.DecisionJson;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.ledger.LedgerPage;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem switch",
        sortOptions = false,
        description =
                "Makes a server the active one: the old one is told to stop, the trunks are moved and read back, the new one is told"
                        + " to start. Asks first, and says what is in the way and what will be lost.",
        footer = {
            "",
            "Examples:",
            "  tandem switch cms-west --dry-run                     what would happen, what is in the way",
            "  tandem switch cms-west --reason \"cms-east gets a disk\"",
            "  tandem switch cms-west --reason \"fire\" --force --yes",
            "",
            "Exit status: 0 switched, or would switch; 1 refused, held, failed or abandoned; 2 usage or configuration.",
            "Ctrl-C ends the command, not the switchover. What happened: tandem why."
        })
final class SwitchVerb extends Verb implements Callable<Integer> {
    private static final int LOOKS = 20;
    private static final int LOOK_EVERY_MS = 100;

    @Parameters(paramLabel = "SERVER", description = "Who is to be active.")
    private String server;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why: it stands in tandem why and in the audit file.")
    private String reason;

    @Option(names = "--dry-run", description = "Only say what would happen.")
    private boolean dryRun;

    @Option(
            names = "--force",
            description =
                    "Although conditions are not met, and over the switch's dwell. Never over the fence: nobody is promoted"
                            + " before the other one is shut out.")
    private boolean force;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "The decision as one JSON object, for programs.")
    private boolean json;

    private SwitchSite site;
    private volatile Long decision;

    SwitchVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        try {
            return decide();
        } catch (Refusal e) {
            if (json) {
                console.out()
                        .println(JsonRecords.write(
                                new Undecided(false, e.getMessage(), e.remedy(), "refused", List.of(e.getMessage()))));
            }
            throw e;
        }
    }

    /** What programs get where it did not come to a decision. */
    record Undecided(boolean ok, String message, String remedy, String outcome, List<String> refusedBecause) {}

    private int decide() {
        Names.requireServer(server);
        if (!dryRun && (reason == null || reason.isBlank())) {
            throw Refusal.usage("--reason TEXT is missing: who reads  tandem why  tonight will ask for it", null);
        }
        site = new SwitchSite(configFile(null));
        if (dryRun) {
            final SwitchAnswer would = site.ask("/v1/switch/" + server + "?dryRun" + (force ? "&forced" : ""), reason);
            return json ? told(would) : tellDryRun(would);
        }
        requireAgreement();
        final ToldSteps told = new ToldSteps(console);
        final SwitchAnswer answer = OnInterrupt.tell(
                console,
                () -> decision == null
                        ? "a switchover that was begun goes on;  tandem status --watch,  tandem why"
                        : "decision " + decision + " goes on;  tandem status --watch,  tandem why " + decision,
                () -> site.move(
                        "/v1/switch/" + server + (force ? "?forced" : ""), reason, each -> progress(each, told)));
        return json ? told(answer) : tell(answer);
    }

    /** A person is told what would happen, and what he loses, before he is asked. */
    private void requireAgreement() {
        if (yes) {
            return;
        }
        if (console.person() == null) {
            throw Refusal.usage("this moves trunks, and there is no terminal to ask at", "add --yes");
        }
        final SwitchAnswer would = site.ask("/v1/switch/" + server + "?dryRun" + (force ? "&forced" : ""), reason);
        if (would.decision() == null || would.decision().outcome() != Outcome.WOULD_SWITCH) {
            tellDryRun(would);
        }
        plan(would.decision()).forEach(console.err()::println);
        if (!console.agrees("Switch to " + server + " now?")) {
            throw Refusal.no("not done", null);
        }
    }

    /** What will happen, and what that costs. */
    private List<String> plan(DecisionJson would) {
        final List<String> lines = new ArrayList<>();
        lines.add((would.from() == null ? "Nobody is known to be active" : would.from() + " is active") + "; " + server
                + " is to be.");
        lines.add("  Trunks move: calls on them are cut"
                + (would.calls() == null || would.calls().inFlight() == null
                        ? "; how many are up is not known."
                        : "; " + would.calls().inFlight() + " are up."));
        for (final Condition each : would.conditions()) {
            if (!each.met()) {
                lines.add("  " + Ink.WARN.paint("NOT MET", console.colours()) + "  "
                        + Ink.harmless(each.name() + ": " + each.missing()));
            }
        }
        return lines;
    }

    private void progress(SwitchAnswer answer, ToldSteps told) {
        if (answer.decision() == null) {
            return;
        }
        decision = answer.decision().decision();
        if (json || answer.decision().outcome() == Outcome.REFUSED) {
            return;
        }
        told.tell(answer.decision());
    }

    private int told(SwitchAnswer answer) {
        if (answer.decision() == null) {
            console.out()
                    .println(JsonRecords.write(new Undecided(
                            answer.ok(), answer.message(), answer.remedy(), "refused", List.of(answer.message()))));
            return 1;
        }
        final DecisionJson decided = answer.decision();
        final DecisionJson.Calls calls = account(decided);
        console.out().println(JsonRecords.write(calls == null ? decided : decided.with(calls)));
        return status(decided.outcome());
    }

    private int tellDryRun(SwitchAnswer would) {
        final DecisionJson decided = would.decision();
        if (decided == null || decided.outcome() != Outcome.WOULD_SWITCH) {
            throw refused(would);
        }
        plan(decided).forEach(console.out()::println);
        console.out().println("would switch; nothing was done");
        return 0;
    }

    private int tell(SwitchAnswer answer) {
        final DecisionJson decided = answer.decision();
        if (decided == null || decided.outcome() == Outcome.REFUSED) {
            throw refused(answer);
        }
        final String why = "tandem why " + decided.decision();
        if (decided.outcome() != Outcome.SWITCHED) {
            throw Refusal.no(
                    "decision " + decided.decision() + ": "
                            + (decided.outcome() == null
                                    ? "not over"
                                    : decided.outcome().toString().toUpperCase(Locale.ROOT))
                            + ": " + Ink.harmless(answer.message()),
                    why + (answer.remedy() == null ? "" : ";  then  " + Ink.harmless(answer.remedy())));
        }
        console.out()
                .println(Ink.GOOD.paint(server + " is active", console.colours()) + ": switched"
                        + (decided.closedAt() == null || decided.openedAt() == null
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        " in %.2f s",
                                        (decided.closedAt().toEpochMilli()
                                                        - decided.openedAt().toEpochMilli())
                                                / 1_000.0))
                        + ";  " + why + "  tells how");
        final DecisionJson.Calls calls = account(decided);
        if (calls != null) {
            console.out()
                    .println("calls: " + calls.kept() + " kept, " + calls.recovered() + " recovered, " + calls.cut()
                            + " cut, " + calls.unknown() + " unknown");
        }
        return 0;
    }

    /** It is closed a moment after the decision is; null if there is none. */
    private DecisionJson.Calls account(DecisionJson decided) {
        if (decided.outcome() != Outcome.SWITCHED || decided.calls() == null) {
            return null;
        }
        try {
            LedgerPage account = LedgerPage.of(SiteFolder.data(configFile(null)), decided.epoch());
            for (int i = 0; i < LOOKS && (account == null || !account.isClosed()); i++) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
                account = LedgerPage.of(SiteFolder.data(configFile(null)), decided.epoch());
            }
            return account == null || !account.isClosed() ? null : account.calls();
        } catch (IOException e) {
            console.err().println("tandem: " + e.getMessage());
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static Refusal refused(SwitchAnswer answer) {
        final List<String> because =
                answer.decision() == null ? List.of() : answer.decision().refusedBecause();
        return Refusal.no(
                "refused: " + Ink.harmless(because.isEmpty() ? answer.message() : String.join("; ", because)),
                answer.remedy() == null ? "tandem why-not" : Ink.harmless(answer.remedy()));
    }

    private static int status(Outcome outcome) {
        return outcome == Outcome.SWITCHED || outcome == Outcome.WOULD_SWITCH ? 0 : 1;
    }
}
