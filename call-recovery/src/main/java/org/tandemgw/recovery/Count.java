package org.tandemgw.recovery;

/** What a {@link CallTable} counts, from its first event on; restarts do not change it. The order is that of snapshots. */
public enum Count {
    /** Events applied. */
    EVENTS,
    /** Calls that became known. */
    BEGUN,
    /** Calls that ended as the ACD said. */
    ENDED,
    /** Calls that became part of another one. */
    MERGED,
    /** Events that cannot be used: without an id, or with one that is too long. */
    UNUSABLE,
    /** Events about calls, legs or agents that are not known and that do not make them known. */
    UNKNOWN,
    /** Listed events outside of a list, or about what has ended or was told of otherwise since the list began. */
    LISTED_LATE,
    /** Gaps. */
    GAPS,
    /** Lists of calls that reached their end. */
    LISTS,
    /** Calls that were still there when all were listed. */
    KEPT,
    /** Calls that were first heard of in a list. */
    DISCOVERED,
    /** Calls that were not in the list: ended, nobody knows when. */
    ENDED_MEANWHILE,
    /** Calls that gave way because the table was full. */
    GAVE_WAY,
    /** Legs that were not kept because their call has 255. */
    LEGS_NOT_KEPT,
    /** Agents or their queues that were not kept because there are too many. */
    AGENTS_NOT_KEPT,
    /** Texts that were not kept because there are too many. */
    TEXTS_NOT_KEPT,
    /** Calls of whose frames the later ones are not kept: they have more than 4,096, or there is no room. */
    LIVES_CUT,
    /** Changes of the active server. */
    SWITCHES
}
