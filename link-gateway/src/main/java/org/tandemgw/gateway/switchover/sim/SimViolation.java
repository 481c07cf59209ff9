package org.tandemgw.gateway.switchover.sim;

/** A promise is broken. */
final class SimViolation extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LINES = Integer.getInteger("tandem.lines", 80);

    private final String rule;

    SimViolation(String rule, String what, SimTrace trace) {
        super(rule + ": " + what + "\n" + trace.tell(LINES));
        this.rule = rule;
    }

    /** A short word for the promise. */
    String rule() {
        return rule;
    }
}
