package org.tandemgw.gateway.cli;

import java.util.function.Supplier;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Ink;
import picocli.CommandLine.Option;

/** The options of verbs that change something, and how their answer is told. */
final class Acts {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit file.")
    private String reason;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "The answer as one JSON object.")
    private boolean json;

    /** Asks the person unless told not to, then the appliance. For programs everything that is refused is an answer. */
    int carryOut(Console console, Supplier<RunningSite> site, String what, Supplier<String> path) {
        return Refusal.told(console, json, () -> asked(console, site, what, path.get()));
    }

    private int asked(Console console, Supplier<RunningSite> site, String what, String path) {
        if (!yes && !console.agrees(what + "?")) {
            throw console.person() == null
                    ? Refusal.usage("this changes the site, and there is no terminal to ask at", "add --yes")
                    : Refusal.no("not done", null);
        }
        return tell(console, site.get().act(path, reason), json);
    }

    static int tell(Console console, Answer answer, boolean json) {
        if (json) {
            console.out().println(JsonRecords.write(answer));
            return answer.ok() ? 0 : 1;
        }
        if (!answer.ok()) {
            throw Refusal.no(
                    Ink.harmless(answer.message()), answer.remedy() == null ? null : Ink.harmless(answer.remedy()));
        }
        console.out().println(Ink.harmless(answer.message()));
        return 0;
    }
}
