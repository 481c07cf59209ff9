package org.tandemgw.gateway.alarm;

import static org.tandemgw.gateway.alarm.Severity.CRITICAL;
import static org.tandemgw.gateway.alarm.Severity.MAJOR;
import static org.tandemgw.gateway.alarm.Severity.MINOR;
import static org.tandemgw.gateway.alarm.Severity.WARNING;

/** Every alarm that Tandem knows. The words are read by programs and by the MIB: none is ever renamed. */
public enum AlarmName {
    /** A leg has no session with its ACD. */
    LEG_DOWN("legDown", MINOR),
    /** A leg is connected and contributes nothing while the other does. */
    LEG_SILENT("legSilent", MINOR),
    /** Neither leg of a link contributes. */
    LINK_LOST("linkLost", CRITICAL),
    /** Frames of the ACD could not be had. Latched. */
    GAP("gap", MAJOR, true),
    /** Order or repeats cannot be proved at one place of the stream. Latched. */
    DISCONTINUITY("discontinuity", WARNING, true),
    /** A power loss tore the end of a journal, which nobody had seen. Latched. */
    TAIL_CUT("tailCut", WARNING, true),
    /** A journal's history could not be continued: servers must log in to a new session. */
    NEW_GENERATION("newGeneration", MAJOR),
    /** A server is not connected to its feed. */
    FEED_DOWN("feedDown", MINOR),
    /** A server is connected and falls behind. */
    FEED_LAG("feedLag", MINOR),
    /** A probe of a server has begun to fail. */
    SERVER_SUSPECT("serverSuspect", WARNING),
    /** A probe of a server cannot look, for a reason of our own. */
    PROBE_BLIND("probeBlind", WARNING),
    /** A server is down. */
    SERVER_DOWN("serverDown", MAJOR),
    /** A server asked for records that are no longer kept. */
    SERVER_LOST("serverLost", MAJOR),
    /** A server asked for records that do not exist yet, or for another generation. */
    SERVER_AHEAD("serverAhead", MAJOR),
    /** What a server reports to have differs from the journal. */
    SERVER_DIFFERS("serverDiffers", MAJOR),
    /** There is no healthy standby. */
    UNPROTECTED("unprotected", MAJOR),
    /** Nothing is switched until an operator decides. */
    HOLDING("holding", MAJOR),
    /** This machine has lost its own network. */
    ISOLATED("isolated", MAJOR),
    /** A switchover failed. */
    SWITCH_FAILED("switchFailed", CRITICAL),
    /** A trunk switch does not answer. */
    SWITCH_UNREACHABLE("switchUnreachable", MAJOR),
    /** One of two paths to a trunk switch leads to it no more; the other one does. */
    PATH_LOST("pathLost", MINOR),
    /** Trunk positions changed without Tandem. */
    POSITION_CHANGED("positionChanged", MAJOR),
    /** The cards of a trunk switch disagree. */
    POSITION_MIXED("positionMixed", MAJOR),
    /** The position of a trunk switch cannot be read. */
    POSITION_UNKNOWN("positionUnknown", MAJOR),
    /** A trunk switch is in manual mode. */
    OVERRIDDEN("overridden", MAJOR),
    /** Cards of a trunk switch are at a position that leads to no server. */
    LEADS_NOWHERE("leadsNowhere", CRITICAL),
    /** An order to a trunk switch was under way when the last run ended. */
    ORDER_CUT_OFF("orderCutOff", MAJOR),
    /** What was ordered of a trunk switch is not known any more. */
    SWITCH_MEMORY_LOST("switchMemoryLost", MAJOR),
    /** Records of decisions cannot be written: what happens now cannot be replayed later. */
    DECISIONS_NOT_KEPT("decisionsNotKept", WARNING),
    /** Free space is below {@code min-free}. */
    DISK_LOW("diskLow", MINOR),
    /** Records are dropped or legs are paused for want of space. */
    DISK_CRITICAL("diskCritical", CRITICAL),
    /** A journal cannot be written, or some of it cannot be read. */
    JOURNAL_FAULT("journalFault", CRITICAL),
    /** The machine's clock jumped or is not to be trusted. */
    CLOCK("clock", MAJOR),
    /** A thread of Tandem did not run for too long. */
    STALLED("stalled", MAJOR),
    /** An address of the configuration is not on this machine. */
    ADDRESS_MISSING("addressMissing", MINOR),
    /** The configuration and what is connected do not agree. */
    CONFIG_MISMATCH("configMismatch", WARNING),
    /** A drill is overdue. */
    DRILL_OVERDUE("drillOverdue", WARNING),
    /** A management station does not take notifications. */
    MANAGER_UNREACHABLE("managerUnreachable", WARNING);

    private final String word;
    private final Severity severity;
    private final boolean latched;

    AlarmName(String word, Severity severity) {
        this(word, severity, false);
    }

    AlarmName(String word, Severity severity, boolean latched) {
        this.word = word;
        this.severity = severity;
        this.latched = latched;
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
