package org.tandemgw.gateway.history;

import org.tandemgw.gateway.switchover.Event;

/**
 * One thing that was written down: one of the three is there.
 *
 * @param atMs when Tandem was told
 * @param event what it was told
 * @param run who writes from here on
 * @param active the server that is in control from here on
 */
public record HistoryEntry(long atMs, Event event, HistoryRun run, Active active) {
    /**
     * Who is in control.
     *
     * @param server null: nobody is known to be
     */
    public record Active(String server, long epoch) {}
}
