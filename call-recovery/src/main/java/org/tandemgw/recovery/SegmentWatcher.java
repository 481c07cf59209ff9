package org.tandemgw.recovery;

/** Is told of each segment of a call that ends, while the call can still be looked at. Must not touch the table. On its thread. */
@FunctionalInterface
public interface SegmentWatcher {
    /**
     * @param call valid within this method; {@link CallView#segments} is the number of the segment that ends
     * @param atNs by the ACD's clock; where nobody knows when it ended, the latest possible
     */
    void ended(CallView call, SegmentEnd how, long atNs);
}
