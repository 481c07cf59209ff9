package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.config.Check;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem check",
        sortOptions = false,
        description = {
            "Verifies a configuration without touching hardware or network, and says what follows from it.",
            "With --live asks the running appliance instead: all legs up, all feeds connected, every probe answered, every card read"
                    + " back. Once that has passed for a configuration, Tandem may switch by itself."
        },
        footer = {
            "",
            "Examples:",
            "  tandem check site.yaml",
            "  tandem check --json",
            "  tandem check --live",
            "",
            "Exit status: 0 good, 1 --live: not passed or not running, 2 refused."
        })
final class CheckVerb extends Verb implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The configuration, in place of -c.")
    private Path file;

    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    @Option(names = "--live", description = "Ask the running appliance whether all of it works. Moves nothing.")
    private boolean live;

    @Option(names = "--reason", paramLabel = "TEXT", description = "With --live: kept in the audit file.")
    private String reason;

    @Option(
            names = {"-y", "--yes"},
            description = "Accepted, as by every verb that acts; nothing is asked here.")
    private boolean yes;

    CheckVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (!live) {
            return Check.run(configFile(file), console.out(), json);
        }
        return Refusal.told(console, json, () -> new LiveCheckRun(console, configFile(file), json).run(reason));
    }
}
