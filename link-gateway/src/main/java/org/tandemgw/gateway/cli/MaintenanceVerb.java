package org.tandemgw.gateway.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.SwitchAnswer;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.switchover.SwitchoverView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem maintenance",
        sortOptions = false,
        description =
                "Takes a server out of service and puts it back; without SERVER suspends automatic switching of the whole site and"
                        + " restores it. Says what follows from it before it asks. Survives a restart.",
        footer = {
            "",
            "Examples:",
            "  tandem maintenance on cms-west --reason \"new kernel\" --for 2h",
            "  tandem maintenance off cms-west --reason \"runs again\"",
            "  tandem maintenance on --reason \"both get a new kernel\"",
            "",
            "Exit status: 0 done, 1 refused, 2 usage or configuration. The active server is refused: switch first."
        })
final class MaintenanceVerb extends Verb {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(90);

    MaintenanceVerb(Console console) {
        super(console);
    }

    @Command(
            name = "on",
            description = "Takes it out. Once more: plans anew.",
            footer = {
                "",
                "Until when it is planned stands in the status; after that the alarm maintenanceOverdue reminds."
            })
    int on(
            @Parameters(paramLabel = "SERVER", arity = "0..1", description = "Who; without: the whole site.")
                    String server,
            @Option(
                            names = "--for",
                            paramLabel = "TIME",
                            defaultValue = "8h",
                            description =
                                    "How long it is planned to last, such as 30m or 48h (default: ${DEFAULT-VALUE}).")
                    Duration planned,
            @Mixin Acts acts) {
        return act(
                "on",
                server,
                acts,
                () -> {
                    if (planned.compareTo(SHORTEST) < 0 || planned.compareTo(LONGEST) > 0) {
                        throw Refusal.usage("--for: between a minute and 90 days", "--for 2h");
                    }
                    return "for=" + planned.toMillis();
                },
                now -> MaintenancePlan.on(now, server, planned),
                server == null ? "Suspend automatic switching" : "Take " + server + " out");
    }

    @Command(name = "off", description = "Puts it back; a server has to prove itself before it counts as standby.")
    int off(
            @Parameters(paramLabel = "SERVER", arity = "0..1", description = "Who; without: the whole site.")
                    String server,
            @Mixin Acts acts) {
        return act(
                "off",
                server,
                acts,
                () -> "",
                now -> MaintenancePlan.off(now, server),
                server == null
                        ? "Let Tandem switch by itself again, as far as the mode allows"
                        : "Put " + server + " back");
    }

    /** Where it would be refused nobody is asked. */
    private int act(
            String verb,
            String server,
            Acts acts,
            Supplier<String> words,
            Function<SwitchoverView, List<String>> plan,
            String question) {
        return Refusal.told(console, acts.json(), () -> {
            if (server != null) {
                Names.requireServer(server);
            }
            final String asked = "/v1/maintenance/" + verb + (server == null ? "" : "/" + server) + "?" + words.get();
            acts.requireReason();
            final SwitchSite site = new SwitchSite(configFile(null));
            if (!acts.yes() && console.person() != null) {
                final SwitchAnswer would =
                        site.ask(asked + (asked.endsWith("?") ? "dryRun" : "&dryRun"), acts.reason());
                if (!would.ok()) {
                    return Acts.tell(console, answer(would), acts.json());
                }
                plan.apply(site.view()).forEach(line -> console.err().println(Ink.harmless(line)));
            }
            acts.requireAgreement(console, question);
            final SwitchAnswer done = site.ask(asked, acts.reason());
            return Acts.tell(console, answer(done), acts.json());
        });
    }

    private static Answer answer(SwitchAnswer from) {
        return new Answer(from.ok(), from.message(), from.remedy());
    }
}
