package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.SystemClock;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code journal backup} and {@code journal restore} have in common: which ACDs, between a site and a folder of backups. */
abstract class ShelfCommand {
    @Parameters(paramLabel = "ACD", arity = "0..*", description = "Their names; without any, all that there are.")
    List<String> acds = new ArrayList<>();

    @Option(names = "--generation", paramLabel = "G", description = "Another than the newest.")
    Integer generation;

    @Option(names = "--json", description = "What was done, as a JSON array, for programs.")
    boolean json;

    final Clock clock = new SystemClock();
    Console console;
    Path data;
    SiteFacts site;

    final int run(Console onConsole, Supplier<Path> config) {
        console = onConsole;
        return Refusal.told(console, json, () -> {
            final Path file = config.get();
            data = data(file);
            acds.forEach(Names::requireAcd);
            site = SiteFacts.of(file);
            return carryOut(file);
        });
    }

    /** The site's data folder. */
    abstract Path data(Path config);

    /** Returns the exit status. */
    abstract int carryOut(Path config);
}
