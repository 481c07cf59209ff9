package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.backup.BackupShelf;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Checklist;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tandem health",
        sortOptions = false,
        description =
                "The daily checklist: are all links up, is everything stored and fed, did the backups run, was there anything unusual.",
        footer = {
            "",
            "Examples:",
            "  tandem health --backups /mnt/backup/tandem-week47          each day, by cron",
            "  tandem health --since 0s                                   every few minutes, by Nagios and the like",
            "  tandem health --json | jq .status",
            "",
            "Exit status: 0 ok, 1 warning, 2 critical (also: Tandem does not run, or wrong usage)."
        })
final class HealthVerb extends Verb implements Callable<Integer> {
    private static final int WRONG_USAGE = 2;

    @Option(
            names = "--backups",
            paramLabel = "FOLDER",
            description = "Where backups are: each ACD must have a young one there.")
    private Path backups;

    @Option(
            names = "--backup-age",
            paramLabel = "TIME",
            defaultValue = "26h",
            description = "How old the newest may be (default: ${DEFAULT-VALUE}).")
    private Duration backupAge;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "For how long an alarm that is over counts as unusual (default: ${DEFAULT-VALUE}).")
    private Duration since;

    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    HealthVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Checklist.Health health;
        try {
            final RunningSite site = new RunningSite(configFile(null));
            final GatewayStatus status = site.status();
            final Instant now = Instant.now();
            health = Checklist.of(
                    status,
                    site.alarms("/v1/alarms/history?limit=1000"),
                    now,
                    now.minus(since),
                    newest(status),
                    backupAge);
        } catch (Refusal e) {
            if (e.status() == WRONG_USAGE) {
                throw e;
            }
            health = Checklist.notRunning(e.getMessage());
        }
        if (json) {
            console.out().println(JsonRecords.write(health));
        } else {
            tell(health);
        }
        return health.status().ordinal();
    }

    private void tell(Checklist.Health health) {
        final boolean colours = Terminal.wantsColours(console.environment());
        final long bad = health.checks().stream()
                .filter(check -> check.grade() != Checklist.Grade.OK)
                .count();
        console.out()
                .println("TANDEM " + health.status().name() + " - "
                        + (health.site() == null ? "" : Ink.harmless(health.site()) + ": ")
                        + (bad == 0
                                ? "all is well"
                                : bad + " of " + health.checks().size() + " are not as they should be"));
        for (final Checklist.Check check : health.checks()) {
            final String line = String.format("%-9s%-12s%s", check.grade(), check.name(), Ink.harmless(check.said()));
            console.out()
                    .println(
                            switch (check.grade()) {
                                case OK -> line;
                                case WARNING -> Ink.WARN.paint(line, colours);
                                case CRITICAL -> Ink.BAD.paint(line, colours);
                            });
        }
    }

    private Map<String, Instant> newest(GatewayStatus status) {
        if (backups == null) {
            return null;
        }
        try {
            final BackupShelf shelf = new BackupShelf(BackupsCommand.shelf(console, backups));
            final Map<String, Instant> newest = new TreeMap<>();
            status.acds()
                    .forEach(acd -> newest.put(
                            acd.name(), shelf.newest(status.site(), acd.name()).orElse(null)));
            return newest;
        } catch (IOException e) {
            throw Refusal.no("cannot read " + backups + ": " + e.getMessage(), null);
        }
    }
}
