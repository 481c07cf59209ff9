package org.tandemgw.gateway.cli;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.status.StatusText;
import org.tandemgw.gateway.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem alarms",
        sortOptions = false,
        description = "Shows the active alarms. What each means and what to do: docs/alarms.md.",
        footer = {
            "",
            "Examples:",
            "  tandem alarms",
            "  tandem alarms --history --json",
            "  tandem alarms ack 12 --reason \"line is being repaired\""
        })
final class AlarmsVerb extends Verb implements Callable<Integer> {
    @Option(names = "--history", description = "Also those that are over, the newest first.")
    private boolean history;

    @Option(names = "--json", description = "A JSON array, for programs.")
    private boolean json;

    AlarmsVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        final RunningSite site = new RunningSite(configFile(null));
        final String path = history ? "/v1/alarms/history" : "/v1/alarms";
        if (json) {
            console.out().println(site.get(path));
            return 0;
        }
        final List<Alarm> alarms = site.alarms(path);
        if (alarms.isEmpty()) {
            console.out().println(history ? "no alarms so far" : "no alarms");
        } else {
            print(StatusText.alarms(alarms, Instant.now(), Terminal.wantsColours(console.environment())));
        }
        return 0;
    }

    @Command(
            name = "ack",
            description =
                    "Says that somebody has taken notice of an alarm. Clears it if it is a gap or a discontinuity.")
    int ack(
            @Parameters(paramLabel = "NUMBER", description = "As in the first column of tandem alarms.") long number,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why that is enough; kept in the audit file.")
                    String reason,
            @Option(names = "--yes", description = "Accepted, as by every verb that acts; nothing is asked here.")
                    boolean yes,
            @Option(names = "--json", description = "The answer as one JSON object.") boolean asJson) {
        return Refusal.told(console, asJson || json, () -> {
            if (number < 1) {
                throw Refusal.usage("alarms have numbers from 1, not " + number, "tandem alarms");
            }
            final RunningSite site = new RunningSite(configFile(null));
            return Acts.tell(console, site.act("/v1/alarms/" + number + "/ack", reason), asJson || json);
        });
    }
}
