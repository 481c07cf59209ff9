package org.tandemgw.gateway.space;

import java.util.List;
import org.tandemgw.gateway.status.DiskState;

/**
 * All that {@link SpacePlan} knows. Gathered on the thread {@code space}.
 *
 * @param nowNs UTC
 * @param clockTrusted false while the clock is suspect: nothing goes by its age then
 * @param freeBytes what the file system of the data folder says
 * @param soonBytes how much of that may go within the next looks, at the present rate
 * @param noRoom true if room could not be reserved since the last look, whatever {@code freeBytes} says
 * @param minFreeBytes how much is to stay free
 * @param retentionNs how long records are kept, by their own times
 * @param active the server in control; null while it is not known
 * @param journals every journal that lies there, also those that no feed reads any more
 * @param before what the last look left
 */
public record SpaceFacts(
        long nowNs,
        boolean clockTrusted,
        long freeBytes,
        long soonBytes,
        boolean noRoom,
        long minFreeBytes,
        long retentionNs,
        String active,
        List<Journal> journals,
        Before before) {

    /** Takes its own copy of the list. */
    public SpaceFacts {
        journals = List.copyOf(journals);
    }

    /**
     * One generation of one ACD's journal.
     *
     * @param live true for the one that feeds read; the others are of older generations, or of an ACD that the
     *     configuration does not name any more, and nobody can read them through a feed
     * @param files the oldest ones in order, without a hole; not necessarily all
     * @param holders the servers that are fed from it
     */
    public record Journal(String acd, int generation, boolean live, List<File> files, List<Holder> holders) {
        /** Takes its own copies of the lists. */
        public Journal {
            files = List.copyOf(files);
            holders = List.copyOf(holders);
        }
    }

    /**
     * One roll file.
     *
     * @param cycle its name, as a number
     * @param first the sequence of its first record; meaningless unless the journal is live
     * @param last the sequence of its last record, likewise
     * @param firstAtNs time of the first record, or a little less
     * @param lastAtNs time of the last record, or a little more
     * @param bytes how much it takes at most
     * @param use whether it can go at all
     */
    public record File(int cycle, long first, long last, long firstAtNs, long lastAtNs, long bytes, Use use) {}

    /** Whether a file can go at all. */
    public enum Use {
        /** All of it is on disk, and nothing is ever added. */
        FINISHED,
        /** The next record goes into it, or some of it is not synced yet. */
        APPENDED_TO,
        /** The last record went into it, but the next one will begin a new file. */
        OVER
    }

    /**
     * What one server has of a journal.
     *
     * @param hold it has everything up to here; -1: it was never here, and nothing is held for it
     * @param session whether it is a recovery session, which is never in control
     */
    public record Holder(String server, long hold, boolean connected, boolean session) {
        /** A server. */
        public Holder(String server, long hold, boolean connected) {
            this(server, hold, connected, false);
        }

        boolean misses(File file) {
            return hold >= 0 && hold < file.last();
        }
    }

    /**
     * What the last look left.
     *
     * @param state of the disk
     * @param dropped whether it dropped anything: the file system may show the space a moment later
     * @param asked whether it asked for a new file, and a mark was written to begin it
     * @param lastDropBytes what the last file dropped for want of space took
     * @param sinceDropNs how long ago that was; very long if never
     * @param sinceHarmNs how long ago something was dropped that a server missed, likewise
     */
    public record Before(
            DiskState state, boolean dropped, boolean asked, long lastDropBytes, long sinceDropNs, long sinceHarmNs) {
        /** Nothing has happened yet. */
        public static final Before NOTHING = new Before(DiskState.OK, false, false, 0, Long.MAX_VALUE, Long.MAX_VALUE);
    }
}
