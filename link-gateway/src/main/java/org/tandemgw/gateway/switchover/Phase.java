package org.tandemgw.gateway.switchover;

/** What the machine is doing, for an operator to read. Numbers are for programs and never change. */
public enum Phase {
    /** To come. */
    STARTING(1);

    private final int number;

    Phase(int number) {
        this.number = number;
    }

    /** Never changes. */
    public int number() {
        return number;
    }
}
