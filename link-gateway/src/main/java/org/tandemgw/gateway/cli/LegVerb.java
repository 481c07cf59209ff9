package org.tandemgw.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem leg",
        description =
                "Takes one leg of an ACD out of service, or puts it back. The other leg carries the stream alone meanwhile.",
        footer = {
            "",
            "Examples:",
            "  tandem leg busy-out acd1 2 --reason \"cable is being replaced\"",
            "  tandem leg release acd1 2 --yes"
        })
final class LegVerb extends Verb {
    LegVerb(Console console) {
        super(console);
    }

    @Command(name = "busy-out", description = "Closes the leg and keeps it closed until released, also over a restart.")
    int busyOut(
            @Parameters(paramLabel = "ACD", description = "Its name.") String acd,
            @Parameters(paramLabel = "LEG", description = "1 or 2.") int leg,
            @Mixin Acts acts) {
        return act(acd, leg, acts, "Busy out leg " + leg + " of " + acd, "busy-out");
    }

    @Command(name = "release", description = "Lets the leg connect again.")
    int release(
            @Parameters(paramLabel = "ACD", description = "Its name.") String acd,
            @Parameters(paramLabel = "LEG", description = "1 or 2.") int leg,
            @Mixin Acts acts) {
        return act(acd, leg, acts, "Release leg " + leg + " of " + acd, "release");
    }

    private int act(String acd, int leg, Acts acts, String what, String action) {
        return acts.carryOut(console, () -> new RunningSite(configFile(null)), what, () -> {
            Names.requireAcd(acd);
            if (leg != 1 && leg != 2) {
                throw Refusal.usage("there is no leg " + leg, "an ACD has leg 1 and leg 2");
            }
            return "/v1/acds/" + acd + "/legs/" + leg + "/" + action;
        });
    }
}
