package org.tandemgw.recovery;

/** Is told of calls that leave the table, while they can still be looked at. Must not touch the table. */
@FunctionalInterface
public interface CallWatcher {
    /** Watches nothing. */
    CallWatcher NONE = (call, how, atNs) -> {};

    /**
     * @param call valid within this method
     * @param atNs time of the event that says so; for {@link End#ENDED_MEANWHILE} and {@link End#GAVE_WAY} the latest possible
     */
    void ended(CallView call, End how, long atNs);
}
