package org.tandemgw.gateway.alarm;

import static org.tandemgw.gateway.alarm.Severity.CRITICAL;
import static org.tandemgw.gateway.alarm.Severity.MAJOR;
import static org.tandemgw.gateway.alarm.Severity.MINOR;
import static org.tandemgw.gateway.alarm.Severity.WARNING;

/** Every alarm that Tandem knows. The words are read by programs, and words and numbers stand in the MIB: none is ever changed. */
public enum AlarmName {
    /** A leg has no session with its ACD. */
    LEG_DOWN(1, "legDown", MINOR),
    /** A leg is connected and contributes nothing while the other does. */
    LEG_SILENT(2, "legSilent", MINOR),
    /** Neither leg of a link contributes. */
    LINK_LOST(3, "linkLost", CRITICAL),
    /** Frames of the ACD could not be had. Latched. */
    GAP(4, "gap", MAJOR, true),
    /** Order or repeats cannot be proved at one place of the stream. Latched. */
    DISCONTINUITY(5, "discontinuity", WARNING, true),
    /** A power loss tore the end of a journal, which nobody had seen. Latched. */
    TAIL_CUT(6, "tailCut", WARNING, true),
    /** A journal's history could not be continued: servers must log in to a new session. */
    NEW_GENERATION(7, "newGeneration", MAJOR),
    /** A server is not connected to its feed. */
    FEED_DOWN(8, "feedDown", MINOR),
    /** A server is connected and falls behind. */
    FEED_LAG(9, "feedLag", MINOR),
    /** A probe of a server has begun to fail. */
    SERVER_SUSPECT(10, "serverSuspect", WARNING),
    /** A probe of a server cannot look, for a reason of our own. */
    PROBE_BLIND(11, "probeBlind", WARNING),
    /** A server is down. */
    SERVER_DOWN(12, "serverDown", MAJOR),
    /** A server asked for records that are no longer kept. */
    SERVER_LOST(13, "serverLost", MAJOR),
    /** A server asked for records that do not exist yet, or for another generation. */
    SERVER_AHEAD(14, "serverAhead", MAJOR),
    /** What a server reports to have differs from the journal. */
    SERVER_DIFFERS(15, "serverDiffers", MAJOR),
    /** There is no healthy standby. */
    UNPROTECTED(16, "unprotected", MAJOR),
    /** Nothing is switched until an operator decides. */
    HOLDING(17, "holding", MAJOR),
    /** This machine has lost its own network. */
    ISOLATED(18, "isolated", MAJOR),
    /** A switchover failed. */
    SWITCH_FAILED(19, "switchFailed", CRITICAL),
    /** A trunk switch does not answer. */
    SWITCH_UNREACHABLE(20, "switchUnreachable", MAJOR),
    /** One of two paths to a trunk switch leads to it no more; the other one does. */
    PATH_LOST(21, "pathLost", MINOR),
    /** Trunk positions changed without Tandem. */
    POSITION_CHANGED(22, "positionChanged", MAJOR),
    /** The cards of a trunk switch disagree. */
    POSITION_MIXED(23, "positionMixed", MAJOR),
    /** The position of a trunk switch cannot be read. */
    POSITION_UNKNOWN(24, "positionUnknown", MAJOR),
    /** A trunk switch is in manual mode. */
    OVERRIDDEN(25, "overridden", MAJOR),
    /** Cards of a trunk switch are at a position that leads to no server. */
    LEADS_NOWHERE(26, "leadsNowhere", CRITICAL),
    /** An order to a trunk switch was under way when the last run ended. */
    ORDER_CUT_OFF(27, "orderCutOff", MAJOR),
    /** What was ordered of a trunk switch is not known any more. */
    SWITCH_MEMORY_LOST(28, "switchMemoryLost", MAJOR),
    /** Records of decisions cannot be written: what happens now cannot be replayed later. */
    DECISIONS_NOT_KEPT(29, "decisionsNotKept", WARNING),
    /** Free space is below {@code min-free}. */
    DISK_LOW(30, "diskLow", MINOR),
    /** Records are dropped or legs are paused for want of space. */
    DISK_CRITICAL(31, "diskCritical", CRITICAL),
    /** A journal cannot be written, or some of it cannot be read. */
    JOURNAL_FAULT(32, "journalFault", CRITICAL),
    /** The machine's clock jumped or is not to be trusted. */
    CLOCK(33, "clock", MAJOR),
    /** A thread of Tandem did not run for too long. */
    STALLED(34, "stalled", MAJOR),
    /** An address of the configuration is not on this machine. */
    ADDRESS_MISSING(35, "addressMissing", MINOR),
    /** The configuration and what is connected do not agree. */
    CONFIG_MISMATCH(36, "configMismatch", WARNING),
    /** A drill is overdue. */
    DRILL_OVERDUE(37, "drillOverdue", WARNING),
    /** A management station does not take notifications. */
    MANAGER_UNREACHABLE(38, "managerUnreachable", WARNING),
    /** A target of syslog or webhook takes no messages. */
    TARGET_UNREACHABLE(39, "targetUnreachable", WARNING),
    /** An operator has taken a server or the whole site out of service. */
    MAINTENANCE(40, "maintenance", WARNING),
    /** That lasts longer than was planned. */
    MAINTENANCE_OVERDUE(41, "maintenanceOverdue", WARNING),
    /** The last drill that was begun did not pass: that switching works is not proved. */
    DRILL_FAILED(42, "drillFailed", MINOR),
    /** Interval statistics or call records cannot be written. */
    BOOKS_NOT_KEPT(43, "booksNotKept", MINOR);

    private final int code;
    private final String word;
    private final Severity severity;
    private final boolean latched;

    AlarmName(int code, String word, Severity severity) {
        this(code, word, severity, false);
    }

    AlarmName(int code, String word, Severity severity, boolean latched) {
        this.code = code;
        this.word = word;
        this.severity = severity;
        this.latched = latched;
    }

    /** Its number in the MIB: a new alarm takes the next one, none is ever given again. */
    public int code() {
        return code;
    }

    /** How much it matters. */
    public Severity severity() {
        return severity;
    }

    /** True if it stands for a record in the journal: it stays after its cause has gone, until redundancy is back or somebody acknowledges it. */
    public boolean latched() {
        return latched;
    }

    /** The word that programs read. */
    @Override
    public String toString() {
        return word;
    }
}
