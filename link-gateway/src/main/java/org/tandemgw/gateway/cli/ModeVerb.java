package org.tandemgw.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem mode",
        sortOptions = false,
        description =
                "Who may switch: auto (Tandem too), manual (an operator), held (nobody, but by force). The more careful of this and"
                        + " the file's is in effect. Survives a restart.",
        footer = {
            "",
            "Examples:",
            "  tandem mode held --reason \"cms-west is being patched\"",
            "  tandem mode auto --reason \"patched\"",
            "",
            "auto takes effect once  tandem check --live  has passed for this configuration.",
            "Exit status: 0 done, 1 refused, 2 usage or configuration."
        })
final class ModeVerb extends Verb implements Callable<Integer> {
    @Parameters(paramLabel = "MODE", description = "auto, manual or held.")
    private String mode;

    @Mixin
    private Acts acts;

    ModeVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return acts.wish(console, () -> new SwitchSite(configFile(null)), question(), () -> {
            if (!mode.matches("auto|manual|held")) {
                throw Refusal.usage("there is no mode '" + mode + "'", "auto, manual or held");
            }
            return "/v1/mode/" + mode;
        });
    }

    private String question() {
        return switch (mode) {
            case "auto" -> "Let Tandem switch by itself";
            case "held" -> "Let nobody switch";
            default -> "Switch only by order of an operator";
        };
    }
}
