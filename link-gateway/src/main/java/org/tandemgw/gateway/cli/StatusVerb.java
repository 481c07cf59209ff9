package org.tandemgw.gateway.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.status.StatusText;
import org.tandemgw.gateway.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tandem status",
        sortOptions = false,
        description = "Shows the site as it is now: legs, stream, feeds, disk, alarms, and what to type next.",
        footer = {
            "",
            "Examples:",
            "  tandem status -c /etc/tandem/tandem.yaml",
            "  tandem status --watch                       q or Ctrl-C leaves, d shows details, arrows scroll",
            "  tandem status --json | jq .protected",
            "",
            "Exit status: 0 if the site could be asked (whatever its state), 1 if not, 2 usage or configuration."
        })
final class StatusVerb extends Verb implements Callable<Integer> {
    private static final long SHORTEST_MS = 100;

    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    @Option(names = "--watch", description = "A live screen; appended blocks where standard output is no terminal.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "How often --watch looks, like 500ms or 5s (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    StatusVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        final RunningSite site = new RunningSite(configFile(null));
        if (watch) {
            return watch(site);
        }
        if (json) {
            console.out().println(site.get("/v1/status"));
        } else {
            print(StatusText.lines(site.status(), Terminal.wantsColours(console.environment())));
        }
        return 0;
    }

    private int watch(RunningSite site) {
        if (interval.toMillis() < SHORTEST_MS) {
            throw Refusal.usage("--interval: at least " + SHORTEST_MS + "ms", null);
        }
        final WatchLoop loop = new WatchLoop(console, interval);
        if (json) {
            return loop.asBlocks(() -> List.of(site.get("/v1/status")), false);
        }
        if (Terminal.wantsScreen(console.environment())) {
            return new LiveStatus(console, interval, site::status).run();
        }
        return loop.asBlocks(() -> StatusText.lines(site.status(), false), true);
    }
}
