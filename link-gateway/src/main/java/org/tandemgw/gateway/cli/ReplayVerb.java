package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.decision.DecisionRecord;
import org.tandemgw.gateway.decision.Replay;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Ink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem replay",
        sortOptions = false,
        description =
                "Decides again, from the record of a decision alone: the rules that were in force and all that was seen are in it."
                        + " Needs no site: the file may have come from another machine.",
        footer = {
            "",
            "Examples:",
            "  tandem replay 7",
            "  tandem replay /tmp/000007.json",
            "",
            "Exit status: 0 same verdict, 1 another one, or it cannot be replayed; 2 usage or configuration."
        })
final class ReplayVerb extends Verb implements Callable<Integer> {
    /** What programs read. */
    record Answer(
            boolean same,
            long decision,
            String message,
            String difference,
            long events,
            long notKept,
            String recordedBy,
            String replayedBy) {}

    @Parameters(paramLabel = "DECISION", description = "Its number, or the file of its record.")
    private String which;

    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    ReplayVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return Refusal.told(console, json, () -> {
            try {
                return replay();
            } catch (IOException e) {
                throw Refusal.no(e.getMessage(), "tandem why --list");
            }
        });
    }

    private int replay() throws IOException {
        final Path file = which.matches("\\d{1,12}")
                ? new DecisionLog(SiteFolder.data(configFile(null))).file(Long.parseLong(which))
                : console.folder().resolve(which);
        final DecisionRecord record = DecisionLog.read(file);
        final Replay.Result result = Replay.of(record);
        if (json) {
            console.out()
                    .println(JsonRecords.write(new Answer(
                            result.same(),
                            record.number(),
                            result.text(),
                            result.difference(),
                            result.events(),
                            result.notKept(),
                            record.tandem(),
                            Version.current())));
        } else {
            console.out()
                    .println("decision " + record.number() + ", " + result.events() + " events: "
                            + (result.same() ? Ink.GOOD : Ink.BAD)
                                    .paint(Ink.harmless(result.text()), console.colours()));
            if (result.difference() != null) {
                console.out().println("  first difference: " + Ink.harmless(result.difference()));
            }
            if (!Version.current().equals(record.tandem())) {
                console.out().println("  recorded by Tandem " + record.tandem() + ", replayed by " + Version.current());
            }
        }
        return result.same() ? 0 : 1;
    }
}
