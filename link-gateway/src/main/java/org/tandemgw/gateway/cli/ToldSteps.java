package org.tandemgw.gateway.cli;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.tandemgw.gateway.decision.DecisionJson;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.switchover.Decision;

/** Tells a person on standard error how far decisions are, each line once. */
final class ToldSteps {
    private final Console console;
    private final Set<String> told = new HashSet<>();

    ToldSteps(Console console) {
        this.console = console;
    }

    /** What of it was not told yet. */
    void tell(DecisionJson decision) {
        line("decision " + decision.decision() + (decision.epoch() == null ? "" : ", epoch " + decision.epoch()) + ":");
        for (final Decision.StepLine step : decision.steps()) {
            final String line = "  " + step.step()
                    + (step.switch_() != null ? " " + step.switch_() : step.server() == null ? "" : " " + step.server())
                    + (step.card() == null ? "" : " card " + step.card()) + ": "
                    + (step.outcome() == null ? "…" : step.outcome())
                    + (step.ms() == null ? "" : String.format(Locale.ROOT, ", %.0f ms", step.ms()))
                    + (step.said() == null ? "" : ", " + Ink.harmless(step.said()));
            if (told.add(decision.decision() + line)) {
                console.err().println(line);
            }
        }
    }

    /** A line of its own, if it was not told yet. */
    void line(String text) {
        if (told.add(text)) {
            console.err().println(Ink.harmless(text));
        }
    }
}
