package org.tandemgw.gateway.cli;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;
import org.tandemgw.profiles.yaml.Reading;
import org.tandemgw.profiles.yaml.Section;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem completion",
        description = "Prints what a shell needs to complete verbs, options, files and the names of your site.",
        footer = {
            "",
            "Examples:",
            "  . <(tandem completion bash)                       in this shell",
            "  tandem completion bash > /usr/share/bash-completion/completions/tandem",
            "  tandem completion zsh > /usr/share/zsh/vendor-completions/_tandem"
        })
final class CompletionVerb extends Verb {
    CompletionVerb(Console console) {
        super(console);
    }

    @Command(name = "bash", description = "For bash 4 and newer.")
    int bash() {
        console.out().print(new BashCompletion(VerbTree.nodes()).script());
        return 0;
    }

    @Command(name = "zsh", description = "For zsh 5 and newer.")
    int zsh() {
        console.out().print(new ZshCompletion(VerbTree.nodes()).script());
        return 0;
    }

    @Command(name = "names", hidden = true, description = "The names of the site, for completion itself.")
    int names(@Parameters(paramLabel = "KIND") String kind) {
        final List<String> names =
                switch (kind) {
                    case "acds", "servers", "switches" -> named(kind);
                    case "profiles" -> profiles();
                    default -> List.of();
                };
        print(names);
        return 0;
    }

    private List<String> named(String sections) {
        final Section root = Reading.of(configFile(null), new Problems()).root();
        return root.sections(sections).stream()
                .map(section -> section.peek("name"))
                .filter(name -> name != null && name.matches("[A-Za-z0-9_.-]+"))
                .toList();
    }

    private static List<String> profiles() {
        final HwProfiles profiles = HwProfiles.load(Optional.empty(), new Problems());
        return List.copyOf(new TreeSet<>(
                profiles.abouts().stream().map(each -> each.name()).toList()));
    }
}
