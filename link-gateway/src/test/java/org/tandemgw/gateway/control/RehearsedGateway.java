package org.tandemgw.gateway.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.SampleStatus;
import org.tandemgw.gateway.time.SystemClock;

/** A small gateway behind a real control server: real alarms, one ACD called acd1 with two legs, and a list of what it was asked to do. */
public final class RehearsedGateway implements GatewayControl {
    private final Alarms alarms;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile RehearsedSwitching switching;
    private volatile CallControl calls;
    private volatile String testsEnd;
    private volatile GatewayStatus picture = SampleStatus.trouble();

    /** With a gap and a leg down. */
    public RehearsedGateway(Path data) {
        alarms = new Alarms(data, new SystemClock());
        alarms.latch(AlarmName.GAP, "acd1", "nothing could be had for 4.2 s, after sequence 812");
        alarms.update(List.of(new Condition(AlarmName.LEG_DOWN, "acd1/leg-2", "connection refused")), Set.of());
    }

    /** From now on this is the status. */
    public void show(GatewayStatus status) {
        picture = status;
    }

    /** So a test of the station ends from now on. */
    public void testsEnd(String state) {
        testsEnd = state;
    }

    /** From now on these are the calls. */
    public void tellOf(CallControl answers) {
        calls = answers;
    }

    /** What was done, with who and why. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public GatewayStatus status() {
        return picture;
    }

    @Override
    public List<Alarm> alarms() {
        return alarms.active();
    }

    @Override
    public List<Alarm> alarmHistory(int limit) {
        return alarms.history(limit);
    }

    @Override
    public Answer acknowledge(long number, Operator by) {
        return alarms.acknowledge(number, by.who(), by.reason())
                .map(alarm -> Answer.done("alarm " + number + " is acknowledged"))
                .orElse(Answer.refused("there is no active alarm " + number, "tandem alarms shows them"));
    }

    @Override
    public Answer legBusyOut(String acd, int leg, Operator by) {
        return act("busy-out " + acd + "/leg-" + leg, acd, by);
    }

    @Override
    public Answer legRelease(String acd, int leg, Operator by) {
        return act("release " + acd + "/leg-" + leg, acd, by);
    }

    @Override
    public Answer acdPause(String acd, Operator by) {
        return act("pause " + acd, acd, by);
    }

    @Override
    public Answer acdResume(String acd, Operator by) {
        if (acd.equals("crash")) {
            throw new IllegalStateException("the rehearsal wants a fault");
        }
        return act("resume " + acd, acd, by);
    }

    @Override
    public Answer testNotifications(String target, Operator by) {
        asked.add("test " + target + " by " + by.who() + " because " + by.reason());
        picture = SampleStatus.tested(testsEnd);
        return Answer.done("a test is under way to " + target);
    }

    @Override
    public TrunkControl trunks() {
        throw new UnsupportedOperationException("the rehearsal has no trunk switch");
    }

    @Override
    public ReloadControl reloads() {
        throw new UnsupportedOperationException("the rehearsal has no file");
    }

    @Override
    public CallControl calls() {
        return calls;
    }

    @Override
    public SwitchControl switching() {
        if (switching == null) {
            throw new UnsupportedOperationException("the rehearsal does not switch");
        }
        return switching;
    }

    /** From now on it switches, too. */
    public RehearsedSwitching rehearseSwitching() {
        switching = new RehearsedSwitching();
        return switching;
    }

    private Answer act(String what, String acd, Operator by) {
        if (!acd.equals("acd1")) {
            return Answer.refused("there is no ACD '" + acd + "'", "the ACDs are: acd1");
        }
        asked.add(what + " by " + by.who() + " because " + by.reason());
        return Answer.done(what + ": done");
    }
}
