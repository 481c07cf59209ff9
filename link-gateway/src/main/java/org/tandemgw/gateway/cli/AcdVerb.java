package org.tandemgw.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem acd",
        description = "Stops taking in what an ACD sends, or begins again.",
        footer = {
            "",
            "Examples:",
            "  tandem acd pause acd1 --reason \"upgrade of the ACD\"",
            "  tandem acd resume acd1 --yes"
        })
final class AcdVerb extends Verb {
    AcdVerb(Console console) {
        super(console);
    }

    @Command(
            name = "pause",
            description =
                    "Closes both legs and writes a mark. What the ACD sends meanwhile is a gap, unless it keeps it.")
    int pause(@Parameters(paramLabel = "ACD", description = "Its name.") String acd, @Mixin Acts acts) {
        return act(acd, acts, "Pause " + acd + ": both legs are closed", "pause");
    }

    @Command(name = "resume", description = "Opens both legs again.")
    int resume(@Parameters(paramLabel = "ACD", description = "Its name.") String acd, @Mixin Acts acts) {
        return act(acd, acts, "Resume " + acd, "resume");
    }

    private int act(String acd, Acts acts, String what, String action) {
        return acts.carryOut(console, () -> new RunningSite(configFile(null)), what, () -> {
            Names.requireAcd(acd);
            return "/v1/acds/" + acd + "/" + action;
        });
    }
}
