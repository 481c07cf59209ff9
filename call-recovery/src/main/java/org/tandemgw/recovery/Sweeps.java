package org.tandemgw.recovery;

import java.util.function.Consumer;

/** Tells the sweep that is under way, if one is, what becomes of calls. */
final class Sweeps {
    private final Calls calls;

    /** Null: nobody looks. */
    private CallSweep sweep;

    Sweeps(Calls calls) {
        this.calls = calls;
    }

    /** From now on calls are shown as they are now. */
    CallSweep begin(CallView view, int mostRows, Consumer<CallView> each) {
        if (sweep != null) {
            sweep.step(Integer.MAX_VALUE);
        }
        sweep = new CallSweep(calls, view, mostRows, each);
        return sweep;
    }

    /** It has shown something. */
    void shown(CallSweep by) {
        if (by == sweep && by.isOver()) {
            sweep = null;
        }
    }

    /** This call is about to change. */
    void changes(int call) {
        if (sweep != null) {
            sweep.changes(call);
        }
    }

    /** It was not there before. */
    void born(int call) {
        if (sweep != null) {
            sweep.born(call);
        }
    }

    /** Its row is about to be free. */
    void goes(int call) {
        if (sweep != null) {
            sweep.goes(call);
            shown(sweep);
        }
    }
}
