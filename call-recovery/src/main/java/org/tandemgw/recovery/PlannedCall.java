package org.tandemgw.recovery;

/**
 * What becomes of one call in flight, as far as the table can tell: trunks are not looked at here. A cursor, valid within the walk.
 */
public final class PlannedCall {
    private final RecoveryPolicy policy;
    private CallView call;
    private Fate fate;
    private boolean inSet;
    private String why;

    PlannedCall(RecoveryPolicy policy) {
        this.policy = policy;
    }

    PlannedCall on(CallView next) {
        call = next;
        final Media media = next.media();
        final CallState state = next.state();
        final MediaRule rule = policy.of(media);
        final Treatment treatment = policy.of(state);
        inSet = false;
        fate = Fate.UNKNOWN;
        if (rule == MediaRule.OFF) {
            why = "recovery.media: " + media.word() + " is off";
        } else if (rule == MediaRule.ASSIGNED && !next.assigned()) {
            why = "recovery.media: " + media.word() + " is recovered only once an agent has it";
        } else if (treatment == Treatment.LEAVE) {
            why = "recovery.states: " + state.word() + " is left";
        } else {
            inSet = true;
            judge(treatment);
        }
        return this;
    }

    private void judge(Treatment treatment) {
        if (!call.sure()) {
            why = "frames were missed before the switch, and since then nothing was told of it";
        } else if (treatment == Treatment.RECOVER && call.frames() == 0) {
            why = "it is known from a list of the ACD only: there is no frame from which the server could learn it";
        } else {
            fate = treatment == Treatment.KEEP ? Fate.KEPT : Fate.RECOVERED;
            why = "";
        }
    }

    /** The call itself, as the table has it. */
    public CallView call() {
        return call;
    }

    /** {@link Fate#CUT} is not known here: which cards moved is known afterwards. */
    public Fate fate() {
        return fate;
    }

    /** Whether its frames are in the recovery set. */
    public boolean inSet() {
        return inSet;
    }

    /** Why the fate is not known; empty otherwise. */
    public String why() {
        return why;
    }
}
