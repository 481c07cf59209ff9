package org.tandemgw.gateway.switchover;

/** What an operator asks for. */
public sealed interface Wish {
    /**
     * Make this server the active one.
     *
     * @param server its name
     * @param force override preconditions and dwell; never the fence
     * @param dryRun only say what would happen
     */
    record Switch(String server, boolean force, boolean dryRun) implements Wish {}

    /**
     * The operator's mode.
     *
     * @param mode AUTO, MANUAL or HELD
     */
    record SetMode(Mode mode) implements Wish {}

    /**
     * Make the other server the active one, and then this one again.
     *
     * @param dryRun only say what would happen
     */
    record Drill(boolean dryRun) implements Wish {}

    /** Leave holding and hold-down. */
    record Resume() implements Wish {}

    /**
     * What this trunk switch says is now true.
     *
     * @param name of the switch
     */
    record Adopted(String name) implements Wish {}

    /**
     * {@code check --live} has passed.
     *
     * @param hash of the configuration that it passed for
     */
    record LiveChecked(String hash) implements Wish {}

    /**
     * Take a server, or the whole site, out of service, or put it back.
     *
     * @param server null: the whole site
     * @param on false: put it back
     * @param forMs how long it is planned to last; 0 to put it back
     * @param dryRun only say whether it would be done
     */
    record Maintain(String server, boolean on, long forMs, boolean dryRun) implements Wish {}
}
