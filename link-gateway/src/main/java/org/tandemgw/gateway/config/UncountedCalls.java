package org.tandemgw.gateway.config;

import java.util.List;
import java.util.stream.Collectors;
import org.tandemgw.profiles.yaml.Section;

/** Says of each rule that waits for a number of calls that it never comes true where nobody can count them: with one such ACD the number is not known for the whole site. */
final class UncountedCalls {

    private UncountedCalls() {}

    static void warn(Section root, List<AcdConfig> acds) {
        String uncounted = acds.stream()
                .filter(acd ->
                        acd.mode() != AcdConfig.Mode.MERGE || !acd.profile().tellsOfCallsInFlight())
                .map(acd -> acd.name() + " (" + acd.profile().name() + ")")
                .collect(Collectors.joining(", "));
        if (uncounted.isEmpty()) {
            return;
        }
        String why = ", and the calls of " + uncounted + " cannot be counted";
        Section switchover = root.section("switchover");
        if ("idle".equals(switchover.peek("fail-back"))) {
            switchover.warn(
                    "fail-back",
                    "never goes back: it waits until no calls are up" + why,
                    "write a window such as  fail-back: \"02:00-04:00\" , or manual");
        }
        Section drill = switchover.section("drill");
        if (drill.present()) {
            drill.warn(
                    "calls-at-most",
                    "is never met, so that no drill begins: it needs the number of calls" + why,
                    "remove  drill:  and practise with  tandem switch , out and back; see docs/drill.md");
        }
        for (Section box : root.sections("switches")) {
            if ("roll-back".equals(box.peek("on-partial"))) {
                box.warn(
                        "on-partial",
                        "never moves anything back, as  hold : it needs to know that no calls are up" + why,
                        "write  on-partial: hold");
            }
        }
    }
}
