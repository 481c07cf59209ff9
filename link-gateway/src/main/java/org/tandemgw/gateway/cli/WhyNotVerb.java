package org.tandemgw.gateway.cli;

import java.util.concurrent.Callable;
import org.tandemgw.gateway.decision.SiteNow;
import org.tandemgw.gateway.decision.WhyNot;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.switchover.SwitchoverView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tandem why-not",
        sortOptions = false,
        description =
                "What keeps the site from switching by itself now: every condition, its value, what is missing, and which command"
                        + " helps.",
        footer = {
            "",
            "Exit status: 0 nothing is in the way, 1 something is, or the site could not be asked; 2 usage or configuration."
        })
final class WhyNotVerb extends Verb implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    WhyNotVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return Refusal.told(console, json, () -> {
            final SwitchSite site = new SwitchSite(configFile(null));
            final SwitchoverView now = site.view();
            if (json) {
                console.out().println(JsonRecords.write(now));
            } else {
                print(WhyNot.lines(SiteFacts.of(configFile(null)).site(), now, console.colours()));
            }
            return SiteNow.isReady(now) ? 0 : 1;
        });
    }
}
