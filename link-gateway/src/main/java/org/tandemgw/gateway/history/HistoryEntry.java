package org.tandemgw.gateway.history;

import java.util.List;
import org.tandemgw.gateway.switchover.Event;

/**
 * One thing that was written down: one of the four is there.
 *
 * @param atMs when Tandem was told
 * @param event what it was told
 * @param run who writes from here on
 * @param active the server that is in control from here on
 * @param out the servers that are out for maintenance from here on, {@link #SITE} for the whole site
 */
public record HistoryEntry(long atMs, Event event, HistoryRun run, Active active, List<String> out) {
    /** Stands for the whole site among what is out. */
    public static final String SITE = "*";

    /**
     * Who is in control.
     *
     * @param server null: nobody is known to be
     */
    public record Active(String server, long epoch) {}
}
