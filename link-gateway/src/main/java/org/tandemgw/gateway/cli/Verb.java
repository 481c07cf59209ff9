package org.tandemgw.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What all verbs have in common. One object for one command line. */
abstract class Verb {
    private static final Path SYSTEM_WIDE = Path.of("/etc/tandem/tandem.yaml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration. Otherwise ./tandem.yaml, then /etc/tandem/tandem.yaml.")
    private Path config;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the details of unexpected faults here.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "This text.")
    private boolean help;

    final Console console;

    Verb(Console console) {
        this.console = console;
    }

    /** The configuration file that is meant; {@code named} is the one given as argument, or null. */
    final Path configFile(Path named) {
        if (named != null && config != null && !named.equals(config)) {
            throw Refusal.usage("two configurations are named: " + named + " and " + config, "name one");
        }
        final Path chosen = named != null ? named : config;
        if (chosen != null) {
            return console.folder().resolve(chosen);
        }
        final Path here = console.folder().resolve("tandem.yaml");
        return List.of(here, SYSTEM_WIDE).stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> Refusal.usage(
                        "no configuration: there is neither ./tandem.yaml nor " + SYSTEM_WIDE,
                        "name one with -c FILE"));
    }

    /** True if a file was named, or a default one is there. */
    final boolean hasConfig() {
        return config != null || Files.exists(console.folder().resolve("tandem.yaml")) || Files.exists(SYSTEM_WIDE);
    }

    final boolean debug() {
        return debug;
    }

    final void print(List<String> lines) {
        lines.forEach(console.out()::println);
    }
}
