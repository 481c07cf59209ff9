package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.config.ProfilesView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem profiles",
        sortOptions = false,
        description = "Lists the hardware profiles, shipped and of the site.",
        footer = {"", "Examples:", "  tandem profiles", "  tandem profiles show opaque-line"})
final class ProfilesVerb extends Verb implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    ProfilesVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return ProfilesView.list(folder(), console.out(), json);
    }

    @Command(
            name = "show",
            description = "Explains one profile: what is known, what is assumed, its hazards, and the file itself.")
    int show(
            @Parameters(paramLabel = "NAME", description = "Like opaque-line, or acd/opaque-line.") String name,
            @Option(names = "--json", description = "JSON, for programs.") boolean asJson) {
        return ProfilesView.show(name, folder(), console.out(), console.err(), asJson || json);
    }

    private Optional<Path> folder() {
        return hasConfig() ? Optional.ofNullable(SiteFolder.profiles(configFile(null))) : Optional.empty();
    }
}
