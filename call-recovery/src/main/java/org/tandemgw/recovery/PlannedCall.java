package org.tandemgw.recovery;

/** What becomes of one call in flight, as far as the table can tell: trunks are not looked at here. A cursor, valid within the walk. */
public final class PlannedCall {
    private final RecoveryPolicy policy;
    private CallView call;
    private Fate fate;
    private boolean inSet;
    private Doubt doubt;
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
        if (rule == MediaRule.OFF) {
            unknown(Doubt.POLICY, "recovery.media has " + media.word() + ": off");
        } else if (rule == MediaRule.ASSIGNED && !next.assigned()) {
            unknown(Doubt.POLICY, "recovery.media has " + media.word() + ": assigned, and no agent had it yet");
        } else if (treatment == Treatment.LEAVE) {
            unknown(Doubt.POLICY, "recovery.states has " + state.word() + ": leave");
        } else {
            inSet = true;
            judge(treatment);
        }
        return this;
    }

    private void judge(Treatment treatment) {
        if (!call.sure()) {
            unknown(Doubt.GAP, "frames were missed before the switch, and since then nothing was told of it");
        } else if (treatment == Treatment.RECOVER && call.frames() == 0) {
            unknown(
                    Doubt.NO_FRAMES,
                    "only a list of the ACD told of it: there is no frame from which a server could learn it");
        } else {
            fate = treatment.fate();
            doubt = null;
            why = "";
        }
    }

    private void unknown(Doubt of, String because) {
        fate = Fate.UNKNOWN;
        doubt = of;
        why = because;
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

    /** Why the fate is not known; null if it is. */
    public Doubt doubt() {
        return doubt;
    }

    /** The same in words; empty if the fate is known. */
    public String why() {
        return why;
    }
}
