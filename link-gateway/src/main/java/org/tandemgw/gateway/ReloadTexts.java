package org.tandemgw.gateway;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SwitchoverConfig;
import org.tandemgw.gateway.deciding.ConfigurationHash;
import org.tandemgw.gateway.reload.ReloadPlan;
import org.tandemgw.profiles.yaml.Problem;
import org.tandemgw.profiles.yaml.Problems;

/** What is said of a reload. Pure. */
final class ReloadTexts {
    private ReloadTexts() {}

    static String message(ReloadPlan plan, boolean dryRun) {
        final int now = plan.now().size();
        final int later = plan.waiting().size();
        if (now + later == 0) {
            return "nothing differs from what runs";
        }
        final String waits = later == 0 ? "" : keys(later) + (later == 1 ? " waits" : " wait") + " for a restart";
        final String done =
                now == 0 ? "" : keys(now) + (dryRun ? " would be changed" : now == 1 ? " is changed" : " are changed");
        return done + (done.isEmpty() || waits.isEmpty() ? "" : ", ") + waits;
    }

    private static String keys(int count) {
        return count + (count == 1 ? " key" : " keys");
    }

    /** Without the values, of which one could be a secret in the wrong place. */
    static String refused(Problems problems) {
        final Problem first = problems.errors().get(0);
        final int more = problems.errors().size() - 1 + problems.leftOut();
        return (first.line() > 0 ? "line " + first.line() + ", " : "")
                + (first.key().isEmpty() ? "it " : first.key() + " ")
                + first.wrong()
                + (more == 0 ? "" : ", and " + more + " more");
    }

    static List<String> lines(Problems problems) {
        return problems.errors().stream().map(Problem::oneLine).toList();
    }

    /** What to type once what is in the way is over. */
    static String remedy(String why) {
        final String shows = why.contains("a drill") ? "tandem drill show" : "tandem status";
        return shows + ", and once it is over the same again: tandem reload";
    }

    /**
     * What else follows from it.
     *
     * @param checked the hash of the configuration that the last live check has passed for; null: none has
     */
    static List<String> notes(SiteConfiguration running, ReloadPlan plan, String checked) {
        final List<String> notes = new ArrayList<>();
        final SiteConfiguration next = plan.inForce();
        if (next.switchover().configured()
                && next.switchover().mode() == SwitchoverConfig.Mode.AUTO
                && !ConfigurationHash.of(running).equals(ConfigurationHash.of(next))) {
            notes.add(
                    ConfigurationHash.of(next).equals(checked)
                            ? "tandem check --live  has passed for this already: auto needs no other check"
                            : "something is reached or judged in another way: mode auto is manual until  tandem check --live  has passed again");
        }
        return notes;
    }
}
