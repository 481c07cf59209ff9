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
        description = "Verifies a configuration without touching hardware or network, and says what follows from it.",
        footer = {
            "",
            "Examples:",
            "  tandem check site.yaml",
            "  tandem check --json",
            "",
            "Exit status: 0 good, 2 refused."
        })
final class CheckVerb extends Verb implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The configuration, in place of -c.")
    private Path file;

    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    CheckVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return Check.run(configFile(file), console.out(), json);
    }
}
