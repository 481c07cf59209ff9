package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.control.ReloadReport;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.reload.Change;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tandem reload",
        sortOptions = false,
        description =
                "Has the running Tandem read its configuration file again: what can change does, without losing a frame, what cannot is named and"
                        + " waits for a restart, and a file that is not good changes nothing. Shows what differs and asks first. SIGHUP does the same.",
        footer = {
            "",
            "Examples:",
            "  tandem reload --dry-run",
            "  tandem reload --reason \"new address of cms-west\"",
            "",
            "Exit status: 0 done, or nothing differs; 1 refused, and nothing is changed; 2 usage, or the file is not good."
        })
final class ReloadVerb extends Verb implements Callable<Integer> {
    private static final long LOOK_MS = 100;
    private static final String PATH = "/v1/reload";

    @Option(names = "--dry-run", description = "Only say what it would do.")
    private boolean dryRun;

    @Mixin
    private Acts acts;

    ReloadVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return Refusal.told(console, acts.json(), this::reload);
    }

    private int reload() {
        final Path config = configFile(null);
        final RunningSite site = new RunningSite(config);
        requireSameFile(site, config);
        final ReloadReport shown = untilDone(site, PATH + "?dryRun");
        if (dryRun || !shown.ok() || shown.changes().isEmpty() && shown.digest().equals(standing(site))) {
            return told(shown);
        }
        if (!acts.json()) {
            table(shown);
        }
        acts.requireAgreement(console, "Reload " + config);
        final ReloadReport done = untilDone(site, PATH + "?seen=" + shown.digest());
        if (acts.json() || !done.ok()) {
            return told(done);
        }
        last(done);
        return 0;
    }

    private static String standing(RunningSite site) {
        final var configuration = site.status().configuration();
        return configuration == null || !configuration.waiting().isEmpty() || configuration.refused() != null
                ? null
                : configuration.digest();
    }

    /** Whoever names another file must not be told that it is in force. */
    private static void requireSameFile(RunningSite site, Path config) {
        final var running = site.status().configuration();
        if (running == null) {
            return;
        }
        try {
            if (!Files.isSameFile(Path.of(running.file()), config)) {
                throw Refusal.usage(
                        "the running Tandem reads " + running.file() + ", not " + config,
                        "edit that one, then  tandem -c " + running.file() + " reload");
            }
        } catch (IOException e) {
            throw Refusal.no("the file that the running Tandem reads, " + running.file() + ", cannot be found", null);
        }
    }

    private ReloadReport untilDone(RunningSite site, String path) {
        ReloadReport report = site.act(
                ReloadReport.class,
                path,
                acts.reason(),
                Refusal.no("Tandem went away before it answered", "tandem status"));
        while (!report.done() && report.request() != null) {
            pause();
            report = site.record(ReloadReport.class, PATH + "/" + report.request());
        }
        return report;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.no("interrupted; the reload goes on", "tandem status");
        }
    }

    private int told(ReloadReport report) {
        final int status = report.ok() ? 0 : report.problems().isEmpty() ? 1 : 2;
        if (acts.json()) {
            console.out().println(JsonRecords.write(report));
            return status;
        }
        if (!report.ok()) {
            report.problems().forEach(line -> console.err().println(Ink.harmless(line)));
            final String message = Ink.harmless(report.message());
            throw status == 2 ? Refusal.usage(message, report.remedy()) : Refusal.no(message, report.remedy());
        }
        table(report);
        last(report);
        return status;
    }

    private void table(ReloadReport report) {
        if (report.changes().isEmpty()) {
            return;
        }
        final TextTable table = new TextTable(console.colours(), "KEY", "RUNS", "FILE", "WHEN");
        for (final Change each : report.changes()) {
            table.row()
                    .cell(Ink.harmless(each.key()))
                    .cell(each.old() == null ? "-" : Ink.harmless(each.old()))
                    .cell(each.new_() == null ? "-" : Ink.harmless(each.new_()))
                    .cell(each.isNow() ? "now" : "after a restart: " + each.why(), each.isNow() ? Ink.PLAIN : Ink.WARN);
        }
        print(table.lines());
        report.notes().forEach(note -> console.out().println("NOTE  " + Ink.harmless(note)));
    }

    private void last(ReloadReport report) {
        console.out().println(Ink.harmless(report.message()));
        for (final String next : report.remedy() == null ? List.<String>of() : List.of(report.remedy())) {
            console.out().println("NEXT  " + Ink.harmless(next));
        }
    }
}
