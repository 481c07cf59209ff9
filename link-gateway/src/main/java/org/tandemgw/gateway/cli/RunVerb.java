package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.Appliance;
import org.tandemgw.gateway.config.Check;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SiteConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem run",
        sortOptions = false,
        description =
                "Runs the appliance. Prints one line, ready, once the ports are open and the legs are being connected; logs to standard error.",
        footer = {
            "",
            "Examples:",
            "  tandem run site.yaml",
            "",
            "Exit status: 0 after SIGTERM or Ctrl-C, 2 if it cannot start: the configuration is refused,",
            "a port is in use, or another Tandem runs on the same data."
        })
final class RunVerb extends Verb implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The configuration, in place of -c.")
    private Path file;

    @Option(
            names = "--monitor-only",
            description = "Never anything but queries to trunk switches, and those only to a confirmed one.")
    private boolean monitorOnly;

    RunVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        final Path config = configFile(file);
        final ConfigurationFile.Result result = ConfigurationFile.read(config);
        if (!result.problems().errors().isEmpty()
                || !result.problems().warnings().isEmpty()) {
            Check.printProblems(config, result.problems(), console.err());
        }
        if (result.configuration().isEmpty()) {
            return 2;
        }
        final SiteConfiguration site = result.configuration().get();
        if (monitorOnly) {
            console.err().println("tandem: monitor only: trunk switches are asked, never moved");
        }
        Logging.configureRemembered(level(site.logLevel()), debug());
        return Appliance.run(
                site, monitorOnly, next -> Logging.follow(level(next), debug()), console.out(), console.err());
    }

    private static java.util.logging.Level level(SiteConfiguration.LogLevel level) {
        return switch (level) {
            case ERROR -> java.util.logging.Level.SEVERE;
            case WARN -> java.util.logging.Level.WARNING;
            case INFO -> java.util.logging.Level.INFO;
            case DEBUG -> java.util.logging.Level.FINE;
        };
    }
}
