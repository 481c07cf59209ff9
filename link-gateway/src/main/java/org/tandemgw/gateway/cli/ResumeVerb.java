package org.tandemgw.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "tandem resume",
        sortOptions = false,
        description =
                "Leaves holding and hold-down: from now on Tandem decides again. Where the trunks lead elsewhere than the record says,"
                        + " tandem trunks adopt or tandem switch comes first.",
        footer = {
            "",
            "Examples:",
            "  tandem resume --reason \"promote script is mended\"",
            "",
            "Exit status: 0 done, 1 refused, 2 usage or configuration."
        })
final class ResumeVerb extends Verb implements Callable<Integer> {
    @Mixin
    private Acts acts;

    ResumeVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return acts.wish(
                console, () -> new SwitchSite(configFile(null)), "Leave holding and hold-down", () -> "/v1/resume");
    }
}
