package org.tandemgw.gateway.journal;

/** What has to be true of a record before a reader gets it ({@code journal.sync} in the configuration). */
public enum JournalSync {
    /** It survives a power loss. One sync is always under way while something is unsynced; what arrives meanwhile goes with the next. */
    GROUP,
    /** It survives the end of the process, however that comes, but not a power loss. */
    NONE
}
