package org.tandemgw.recovery;

import java.util.function.Consumer;

/**
 * All calls as they were at one moment, shown a few at a time while events are folded in between. A call that is about to change or to end is shown before it does, so each
 * is shown once, as it was; those born since are not. One thread, the table's.
 */
public final class CallSweep {
    private final Calls calls;
    private final CallView view;
    private final Consumer<CallView> each;

    /** A bit for each row. */
    private final long[] shown;

    /** 0: all have been shown. */
    private int next;

    CallSweep(Calls calls, CallView view, int mostRows, Consumer<CallView> each) {
        this.calls = calls;
        this.view = view;
        this.each = each;
        shown = new long[(mostRows >> 6) + 1];
        next = calls.rows.oldest();
    }

    /** Shows at most so many; false: all have been shown. */
    public boolean step(int most) {
        for (int rest = most; next != 0 && rest > 0; rest--) {
            final int call = next;
            next = calls.rows.newer(call);
            changes(call);
        }
        calls.sweeps.shown(this);
        return next != 0;
    }

    /** Nobody looks any more: nothing more is shown. */
    public void end() {
        next = 0;
        calls.sweeps.shown(this);
    }

    boolean isOver() {
        return next == 0;
    }

    /** This call is about to change. */
    void changes(int call) {
        if (!isShown(call)) {
            born(call);
            each.accept(view.on(call));
        }
    }

    /** It was not there. */
    void born(int call) {
        shown[call >> 6] |= 1L << call;
    }

    /** Its row is about to be free. */
    void goes(int call) {
        if (next == call) {
            next = calls.rows.newer(call);
        }
    }

    private boolean isShown(int call) {
        return (shown[call >> 6] & 1L << call) != 0;
    }
}
