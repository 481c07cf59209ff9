package org.tandemgw.recovery;

/** Gets each part of an interval when it is over, in order. On the table's thread. */
@FunctionalInterface
public interface PartWatcher {
    void over(IntervalPart part);
}
