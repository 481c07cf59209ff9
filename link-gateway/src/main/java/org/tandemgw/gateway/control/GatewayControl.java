package org.tandemgw.gateway.control;

import java.util.List;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.status.GatewayStatus;

/**
 * What the running appliance offers to operators and programs. The control server calls it, always on its one thread {@code tandem-operator}: a call
 * may wait for another thread for a while, but a second or more delays other operators.
 */
public interface GatewayControl {
    /** The newest picture. */
    GatewayStatus status();

    /** Active alarms, the oldest first. */
    List<Alarm> alarms();

    /** Alarms raised and cleared, the newest first, at most {@code limit}. */
    List<Alarm> alarmHistory(int limit);

    /** Somebody has taken notice of an alarm. */
    Answer acknowledge(long number, Operator by);

    /** Closes one leg and keeps it closed until released, also across a restart. */
    Answer legBusyOut(String acd, int leg, Operator by);

    /** Lets a leg that was busied out connect again. */
    Answer legRelease(String acd, int leg, Operator by);

    /** Closes both legs of an ACD and writes a mark. */
    Answer acdPause(String acd, Operator by);

    /** Opens both legs of a paused ACD again. */
    Answer acdResume(String acd, Operator by);

    /**
     * Sends a test notification to whoever is told of alarms; what becomes of it is in the status.
     *
     * @param target null: to everybody
     */
    Answer testNotifications(String target, Operator by);

    /** The trunk switches. */
    TrunkControl trunks();

    /** The calls in flight. */
    CallControl calls();

    /** Which server is active. */
    SwitchControl switching();

    /** The configuration file. */
    ReloadControl reloads();
}
