package org.tandemgw.gateway.cli;

import java.util.function.Supplier;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.SwitchAnswer;
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
        return Refusal.told(console, json, () -> {
            requireAgreement(console, what);
            return tell(console, site.get().act(path.get(), reason), json);
        });
    }

    /** The same for what the one who decides has to be asked; without a reason it is not even asked. */
    int wish(Console console, Supplier<SwitchSite> site, String what, Supplier<String> path) {
        return Refusal.told(console, json, () -> {
            final String asked = path.get();
            requireReason();
            requireAgreement(console, what);
            final SwitchAnswer answer = site.get().ask(asked, reason);
            return tell(console, new Answer(answer.ok(), answer.message(), answer.remedy()), json);
        });
    }

    void requireReason() {
        if (reason == null || reason.isBlank()) {
            throw Refusal.usage(
                    "--reason TEXT is missing: who comes after you will ask for it", "the same with  --reason TEXT");
        }
    }

    /** Asks the person unless told not to; refuses without a clear yes. */
    void requireAgreement(Console console, String what) {
        if (!yes && !console.agrees(what + "?")) {
            throw console.person() == null
                    ? Refusal.usage("this changes the site, and there is no terminal to ask at", "add --yes")
                    : Refusal.no("not done", null);
        }
    }

    boolean yes() {
        return yes;
    }

    boolean json() {
        return json;
    }

    /** Null if none was given. */
    String reason() {
        return reason;
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
        if (answer.remedy() != null) {
            console.out().println("TYPE NEXT  " + Ink.harmless(answer.remedy()));
        }
        return 0;
    }
}
