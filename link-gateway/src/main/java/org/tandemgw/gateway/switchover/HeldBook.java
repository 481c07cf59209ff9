package org.tandemgw.gateway.switchover;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Decisions not to switch become records as well: one per reason, not one per look. At most {@link #MOST} within {@link #PERIOD_MS}, or reasons that come and go
 * would push the records of switchovers out of the folder: what is more is counted, shown among the reasons of the state, and named by the next record.
 */
final class HeldBook {
    /** The same reason is told again after so long. */
    static final long AGAIN_MS = 600_000;

    static final long PERIOD_MS = 3_600_000;
    static final int MOST = 12;

    private final Core core;
    private final Deque<Entry> newest = new ArrayDeque<>();
    private String refused;
    private long notTold;

    HeldBook(Core core) {
        this.core = core;
    }

    void tell(String active, List<Condition> all, String diagnosis) {
        final String reason = active + ": "
                + String.join(
                        ", ",
                        all.stream()
                                .filter(each -> !each.met())
                                .map(Condition::name)
                                .toList());
        while (!newest.isEmpty() && newest.peekFirst().atMs() + PERIOD_MS <= core.nowMs()) {
            newest.removeFirst();
        }
        if (newest.stream().anyMatch(each -> each.reason().equals(reason) && core.nowMs() < each.atMs() + AGAIN_MS)) {
            refused = null;
            return;
        }
        if (newest.size() >= MOST) {
            notTold += reason.equals(refused) ? 0 : 1;
            refused = reason;
            return;
        }
        final String why = active + " is down" + (notTold == 0 ? "" : "; " + sentence());
        refused = null;
        notTold = 0;
        newest.addLast(new Entry(reason, core.nowMs()));
        final Decision plan = Plans.automatic(core, active, core.rules.other(active), why, all, diagnosis);
        core.act(new Action.Closed(plan.opened(core.kept.nextDecision(), null, core.now())
                .closed(Outcome.HELD, Conditions.unmet(all), List.of(), null, core.now())));
    }

    /** How many decisions not to switch have no record, in words; null: all have. */
    String notRecorded() {
        return notTold == 0 ? null : sentence();
    }

    private String sentence() {
        return notTold + (notTold == 1 ? " decision" : " decisions")
                + " not to switch came for other reasons and have no record: at most " + MOST + " an hour have";
    }

    Memory memory() {
        return new Memory(List.copyOf(newest), refused, notTold);
    }

    void recall(Memory memory) {
        newest.clear();
        newest.addAll(memory.newest);
        refused = memory.refused;
        notTold = memory.notTold;
    }

    /** One that was told. */
    record Entry(String reason, long atMs) {}

    record Memory(List<Entry> newest, String refused, long notTold) {}
}
