package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.control.TrunkReport;

/** The trunk switches of a running appliance, as verbs ask for them: an order that takes time is asked for until it is over. */
final class TrunkSite {
    private static final long LOOK_MS = 100;
    /** Longer than any order can take: 64 cards, each with all its attempts. */
    private static final long LIMIT_S = 1_800;

    private final Console console;
    private final RunningSite site;

    TrunkSite(Console console, Path config) {
        this.console = console;
        this.site = new RunningSite(config);
    }

    /** All switches, without asking the boxes. */
    List<TrunkReport> show() {
        return site.records(TrunkReport.class, "/v1/trunks");
    }

    /** One switch; refuses if there is none of that name. */
    TrunkReport show(String name) {
        return show().stream()
                .filter(each -> name.equals(each.switch_()))
                .findFirst()
                .orElseThrow(() -> Refusal.no("there is no trunk switch '" + name + "'", "tandem trunks show"));
    }

    /** Asks a switch and returns its report when it is over; tells on standard error how far it is. Nothing moves. */
    TrunkReport ask(String name, String what, String reason, boolean tell) {
        return order(
                "/v1/trunks/" + name + "/" + what,
                reason,
                tell,
                Refusal.no("Tandem went away before it answered; nothing was moved by this", "tandem status"));
    }

    /** Gives an order to move cards. If the connection breaks, nobody knows what became of it, and that is what is said. */
    TrunkReport move(String name, String what, String reason, boolean tell) {
        return order(
                "/v1/trunks/" + name + "/select/" + what,
                reason,
                tell,
                Refusal.no(
                        "Tandem went away while the order was under way: cards of " + name + " may be on either side",
                        "look at the box; when Tandem runs again:  tandem trunks query " + name
                                + ",  then  tandem trunks adopt " + name + "  or  tandem trunks select " + name
                                + " A|B"));
    }

    private TrunkReport order(String path, String reason, boolean tell, Refusal broken) {
        TrunkReport report = site.act(TrunkReport.class, path, reason, broken);
        if (report.action() == null) {
            throw Refusal.no(report.message(), report.remedy()); // not even understood
        }
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        int told = 0;
        while (!report.done()) {
            if (System.nanoTime() - endNs > 0) {
                throw Refusal.no("order " + report.order() + " is not over after " + LIMIT_S + " s", "tandem status");
            }
            pause();
            report = again(report.order(), broken);
            for (; tell && !report.done() && told < report.progress().size(); told++) {
                console.err().println("  " + report.progress().get(told));
            }
        }
        return report;
    }

    /** Also a Tandem that has been started anew does not know the order. */
    private TrunkReport again(long order, Refusal broken) {
        try {
            final TrunkReport report = site.record(TrunkReport.class, "/v1/trunks/orders/" + order);
            if (report.order() == null) {
                throw broken;
            }
            return report;
        } catch (Refusal e) {
            throw broken;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.no("interrupted; the order goes on", "tandem trunks show");
        }
    }
}
