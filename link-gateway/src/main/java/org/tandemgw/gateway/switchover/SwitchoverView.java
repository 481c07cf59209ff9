package org.tandemgw.gateway.switchover;

import java.util.List;
import org.tandemgw.gateway.health.Health;

/**
 * One immutable picture of the machine, for status, alarms and {@code why-not}.
 *
 * @param state of the site, in the words of status, as far as deciding knows it
 * @param active null: not known
 * @param mode in effect
 * @param modeFile the file's
 * @param modeOperator null: he has not named one
 * @param protected_ whether a healthy standby can take over
 * @param because why it is as it is, most important first
 * @param next the command to type; null: none is needed
 * @param holdDownLeftMs 0: none
 * @param conditions what an automatic switch to the other server needs, with what is missing: {@code why-not}
 * @param alarms what is wrong now
 * @param moves the newest changes of phase, oldest first
 * @param decision the newest number
 * @param open the decision under way; null: none
 * @param maintenance what an operator has taken out of service
 * @param drills under way, last and next
 */
public record SwitchoverView(
        Phase phase,
        long sinceMs,
        String state,
        String active,
        long epoch,
        Mode mode,
        Mode modeFile,
        Mode modeOperator,
        boolean protected_,
        List<ServerView> servers,
        List<String> because,
        String next,
        long holdDownLeftMs,
        List<Condition> conditions,
        List<AlarmLine> alarms,
        List<PhaseMove> moves,
        long decision,
        Decision open,
        List<MaintenanceView> maintenance,
        DrillView drills) {
    /** With nothing out of service, of a site that has never drilled. */
    public SwitchoverView(
            Phase phase,
            long sinceMs,
            String state,
            String active,
            long epoch,
            Mode mode,
            Mode modeFile,
            Mode modeOperator,
            boolean protected_,
            List<ServerView> servers,
            List<String> because,
            String next,
            long holdDownLeftMs,
            List<Condition> conditions,
            List<AlarmLine> alarms,
            List<PhaseMove> moves,
            long decision,
            Decision open) {
        this(
                phase,
                sinceMs,
                state,
                active,
                epoch,
                mode,
                modeFile,
                modeOperator,
                protected_,
                servers,
                because,
                next,
                holdDownLeftMs,
                conditions,
                alarms,
                moves,
                decision,
                open,
                List.of(),
                DrillView.NONE);
    }

    /** Whether what this server lacks is one warning and nothing else. */
    public boolean isQuiet(String server) {
        return maintenance.stream().anyMatch(each -> server.equals(each.server()) && !each.overdue());
    }

    /** The active server is down, and a trunk switch that cannot be read is in the way: it is worth being asked often. */
    public boolean waitsForTrunks() {
        final boolean down =
                conditions.stream().anyMatch(each -> each.met() && each.name().startsWith(Conditions.FAILURE));
        return down
                && conditions.stream()
                        .anyMatch(each -> !each.met() && each.name().startsWith(Conditions.TRUNK_SWITCH));
    }

    /**
     * One server.
     *
     * @param release as reported or configured; null: not known
     */
    public record ServerView(String name, Role role, Health health, List<ProbeView> probes, String release) {}

    /**
     * One probe.
     *
     * @param lastMs how long the last answer took; null: none came yet
     * @param failures looks in a row that failed
     * @param said of the last look; null: none
     */
    public record ProbeView(String name, Health health, Double lastMs, int failures, String said) {}

    /**
     * What an operator has taken out of service.
     *
     * @param server null: the whole site
     * @param overdue whether it lasts longer than was planned
     */
    public record MaintenanceView(String server, String who, String why, long sinceMs, long untilMs, boolean overdue) {}

    /**
     * Something that is wrong now.
     *
     * @param name as AlarmName writes it
     * @param object what it is about
     * @param text one sentence
     */
    public record AlarmLine(String name, String object, String text) {}
}
