package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.tandemgw.gateway.demo.Demo;
import org.tandemgw.gateway.demo.DemoOptions;
import org.tandemgw.gateway.emulate.AcdDialect;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tandem demo",
        sortOptions = false,
        description = {
            "Everything on this machine with nothing else: a simulated ACD with two legs, the real appliance, two servers, a trunk switch.",
            "At first the active server dies, and the trunks follow; then every few seconds something is broken on purpose.",
            "Ends with what was proved."
        },
        footer = {
            "",
            "Examples:",
            "  tandem demo",
            "  tandem demo --for 60s --seed 7",
            "",
            "Exit status: 0 if both servers have got everything, in order, once, and the trunks led to the active one; else 1."
        })
final class DemoVerb extends Verb implements Callable<Integer> {
    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long the traffic lasts, like 60s (default: until Ctrl-C; without a terminal 60s).")
    private Duration lasts;

    @Option(names = "--quiet", description = "Break nothing.")
    private boolean quiet;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of traffic and mischief (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--rate",
            defaultValue = "200",
            paramLabel = "N",
            description = "Frames a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--dialect",
            defaultValue = "opaque-line",
            paramLabel = "NAME",
            description =
                    "opaque-line, opaque-length, asterisk-ami, csta-xml, csta-xml-switch-first or freeswitch-esl (default: ${DEFAULT-VALUE}).")
    private AcdDialect dialect;

    @Option(names = "--json", description = "Only the summary, as one JSON object.")
    private boolean json;

    @Option(names = "--plain", description = "Lines even on a terminal.")
    private boolean plain;

    @Option(names = "--keep", paramLabel = "FOLDER", description = "Leave configuration, journal and log there.")
    private Path keep;

    DemoVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (dialect == AcdDialect.AVAYA_CDR) {
            throw Refusal.usage(
                    "the demo plays no avaya-cdr: such an ACD dials in, and its calls have ended when they are told of",
                    "tandem emulate acd --dialect avaya-cdr; docs/avaya-cdr.md");
        }
        Logging.configure(Level.WARNING, debug());
        try {
            return Demo.run(new DemoOptions(lasts, quiet, seed, rate, dialect, json, plain, keep), console.out());
        } catch (IllegalArgumentException e) {
            throw Refusal.usage(e.getMessage(), "tandem demo --help");
        }
    }
}
