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

    /** Gives an order and returns its report when it is over; tells on standard error how far it is. */
    TrunkReport order(String path, String reason, boolean tell) {
        TrunkReport report = site.act(TrunkReport.class, path, reason);
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
            report = site.record(TrunkReport.class, "/v1/trunks/orders/" + report.order());
            for (; tell && !report.done() && told < report.progress().size(); told++) {
                console.err().println("  " + report.progress().get(told));
            }
        }
        return report;
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
