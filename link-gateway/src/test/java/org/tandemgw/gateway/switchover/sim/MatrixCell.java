package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.Trigger;

/** One fault in one situation, for some seeds: what became of it. */
final class MatrixCell {
    private static final long FAULT_LASTS_MS = 50_000;
    private static final SimOptions QUICK = new SimOptions(SimCore.TRUE, true, false, 0);
    private static final long WATCHED_MS = 70_000;

    private final SimFault fault;
    private final MatrixColumn column;
    private int runs;
    private int switched;
    private int held;
    private int stayed;
    private int falsely;
    private final List<Long> tookMs = new ArrayList<>();
    final List<String> broken = new ArrayList<>();

    MatrixCell(SimFault fault, MatrixColumn column) {
        this.fault = fault;
        this.column = column;
    }

    void run(long seed) {
        SimLife life = new SimLife(seed, dice -> SimSites.reference(), QUICK);
        Watch watch = new Watch(life);
        try {
            life.begin();
            life.tandem.onAction(watch::acts);
            column.reach(life, () -> {
                watch.faultMs = life.time.nowMs();
                life.faults.begin(fault, FAULT_LASTS_MS);
            });
            life.pass(WATCHED_MS);
        } catch (SimViolation violation) {
            broken.add(fault + " when " + column.head + ", seed " + seed + ": " + violation.getMessage());
        }
        if (watch.faultMs == 0) {
            return;
        }
        runs++;
        falsely += watch.falsely;
        if (watch.switchedMs > 0) {
            switched++;
            tookMs.add(watch.switchedMs - watch.faultMs);
        } else if (life.tandem.disk != null && life.tandem.disk.holding() != null) {
            held++;
        } else {
            stayed++;
        }
        life.tandem.kill();
    }

    /** What Tandem did after the fault. */
    private static final class Watch {
        private final SimLife life;
        private long faultMs;
        private long switchedMs;
        private int falsely;

        Watch(SimLife life) {
            this.life = life;
        }

        void acts(Action action) {
            if (faultMs == 0) {
                return;
            }
            if (action instanceof Action.Closed closed
                    && closed.decision().outcome() == Outcome.SWITCHED
                    && switchedMs == 0) {
                switchedMs = life.time.nowMs();
            } else if (action instanceof Action.Opened opened
                    && opened.decision().trigger() == Trigger.AUTOMATIC) {
                SimServer from =
                        life.world.other(life.world.server(opened.decision().to()));
                boolean served =
                        from.serves() && (life.world.network.mainOpen(from) || life.world.network.secondOpen(from));
                falsely += served ? 1 : 0;
            }
        }
    }

    int falsely() {
        return falsely;
    }

    int switched() {
        return switched;
    }

    @Override
    public String toString() {
        if (runs == 0) {
            return "-";
        }
        List<String> parts = new ArrayList<>();
        if (switched > 0) {
            long sum = 0;
            long worst = 0;
            for (long each : tookMs) {
                sum += each;
                worst = Math.max(worst, each);
            }
            parts.add(String.format(
                    Locale.ROOT, "switched %d: %.1f / %.1f", switched, sum / 1_000.0 / switched, worst / 1_000.0));
        }
        if (held > 0) {
            parts.add("held " + held);
        }
        if (stayed > 0) {
            parts.add("stayed " + stayed);
        }
        if (falsely > 0) {
            parts.add("**false " + falsely + "**");
        }
        return String.join(", ", parts);
    }
}
