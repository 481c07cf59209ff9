package org.tandemgw.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.CallControl;
import org.tandemgw.gateway.control.GatewayControl;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.ReloadControl;
import org.tandemgw.gateway.control.SwitchControl;
import org.tandemgw.gateway.control.TrunkControl;
import org.tandemgw.gateway.feed.FeedServer;
import org.tandemgw.gateway.intake.LinkIntake;
import org.tandemgw.gateway.leg.LegState;
import org.tandemgw.gateway.status.GatewayStatus;

/** What operators ask for, checked and carried out. Called on the control socket's one thread. */
final class OperatorRequests implements GatewayControl {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorRequests.class);

    private final List<AcdParts> acds;
    private final List<FeedServer> feeds;
    private final StatusBoard board;
    private final Alarms alarms;
    private final OperatorHolds holds;
    private final TrunkControl trunks;
    private final SwitchControl switching;
    private final CallControl calls;
    private final NotificationTests tests;
    private final ReloadControl reloads;

    OperatorRequests(
            List<AcdParts> acds,
            List<FeedServer> feeds,
            StatusBoard board,
            Alarms alarms,
            OperatorHolds holds,
            TrunkControl trunks,
            SwitchControl switching,
            CallControl calls,
            NotificationTests tests,
            ReloadControl reloads) {
        this.tests = tests;
        this.reloads = reloads;
        this.switching = switching;
        this.calls = calls;
        this.acds = acds;
        this.feeds = feeds;
        this.board = board;
        this.alarms = alarms;
        this.holds = holds;
        this.trunks = trunks;
    }

    @Override
    public GatewayStatus status() {
        return board.fresh();
    }

    @Override
    public List<Alarm> alarms() {
        return board.fresh().alarms();
    }

    @Override
    public List<Alarm> alarmHistory(int limit) {
        return alarms.history(limit);
    }

    @Override
    public Answer acknowledge(long number, Operator by) {
        return alarms.acknowledge(number, by.who(), by.reason())
                .map(alarm -> Answer.done("alarm " + number + " (" + alarm.name() + " " + alarm.object()
                        + ") is acknowledged" + letPass(alarm)))
                .orElseGet(() -> Answer.refused("no active alarm has number " + number, "tandem alarms"));
    }

    /** Somebody answers for it that the server goes on with this history. */
    private String letPass(Alarm alarm) {
        if (alarm.name() != AlarmName.SERVER_AHEAD) {
            return "";
        }
        for (final FeedServer feed : feeds) {
            for (final String acd : feed.claims().keySet()) {
                if (alarm.object().equals(feed.status().server() + "/" + acd)) {
                    feed.letPass(acd);
                }
            }
        }
        return ": the server is accepted at any sequence that the journal has by then";
    }

    @Override
    public Answer testNotifications(String target, Operator by) {
        return tests.test(target);
    }

    @Override
    public TrunkControl trunks() {
        return trunks;
    }

    @Override
    public ReloadControl reloads() {
        return reloads;
    }

    @Override
    public CallControl calls() {
        return calls;
    }

    @Override
    public SwitchControl switching() {
        return switching;
    }

    @Override
    public Answer legBusyOut(String acd, int leg, Operator by) {
        final Optional<LinkIntake> intake = find(acd);
        if (intake.isEmpty() || leg < 1 || leg > 2) {
            return unknown(acd, leg);
        }
        final String object = acd + "/leg-" + leg;
        if (intake.get().legState(leg) == LegState.BUSIED_OUT) {
            return Answer.refused(object + " is busied out already", "tandem leg release " + acd + " " + leg);
        }
        return holding(intake.get(), object, true, () -> intake.get().busyOut(leg), by, object + " is busied out");
    }

    @Override
    public Answer legRelease(String acd, int leg, Operator by) {
        final Optional<LinkIntake> intake = find(acd);
        if (intake.isEmpty() || leg < 1 || leg > 2) {
            return unknown(acd, leg);
        }
        final String object = acd + "/leg-" + leg;
        if (intake.get().legState(leg) != LegState.BUSIED_OUT) {
            return Answer.refused(object + " is not busied out", "tandem status");
        }
        return holding(
                intake.get(),
                object,
                false,
                () -> intake.get().release(leg),
                by,
                object + " is released" + (intake.get().paused() ? "; it opens when " + acd + " is resumed" : ""));
    }

    @Override
    public Answer acdPause(String acd, Operator by) {
        final Optional<LinkIntake> intake = find(acd);
        if (intake.isEmpty()) {
            return unknown(acd, 1);
        }
        if (intake.get().paused()) {
            return Answer.refused(acd + " is paused already", "tandem acd resume " + acd);
        }
        return holding(
                intake.get(),
                acd,
                true,
                () -> intake.get().pause("by " + by.who() + ": " + by.reason()),
                by,
                acd + " is paused: both legs are closed, and what the ACD sends meanwhile will be a gap");
    }

    @Override
    public Answer acdResume(String acd, Operator by) {
        final Optional<LinkIntake> intake = find(acd);
        if (intake.isEmpty()) {
            return unknown(acd, 1);
        }
        if (!intake.get().paused()) {
            return Answer.refused(acd + " is not paused", "tandem status");
        }
        return holding(
                intake.get(),
                acd,
                false,
                () -> intake.get().resume("by " + by.who() + ": " + by.reason()),
                by,
                acd + " is resumed: its legs are being opened");
    }

    /** The hold is durable before it is acted on, so that a restart in between does what was asked. */
    private Answer holding(
            LinkIntake intake, String object, boolean hold, Runnable action, Operator by, String message) {
        if (!intake.fault().isEmpty()) {
            return Answer.refused(
                    intake.name() + " reads nothing until the next start: " + intake.fault(),
                    "mend the cause, then stop and start Tandem");
        }
        try {
            holds.set(object, hold);
        } catch (IOException e) {
            LOG.warn("{}: not done, {}", object, e.toString());
            return Answer.refused(
                    "not done: " + e.getMessage(), "look for room and rights in the data folder, then try again");
        }
        try {
            action.run();
        } catch (IllegalStateException e) {
            LOG.warn("{}: not done", object, e);
            undo(object, !hold);
            return Answer.refused("not done: " + e.getMessage(), "tandem status");
        }
        LOG.info("{} (by {}: {})", message, by.who(), by.reason());
        return Answer.done(message);
    }

    private void undo(String object, boolean hold) {
        try {
            holds.set(object, hold);
        } catch (IOException e) {
            LOG.warn("{}: after the next start it will be {}", object, hold ? "put back" : "taken out", e);
        }
    }

    private Optional<LinkIntake> find(String acd) {
        return acds.stream()
                .map(AcdParts::intake)
                .filter(intake -> intake.name().equals(acd))
                .findFirst();
    }

    private Answer unknown(String acd, int leg) {
        final String names = String.join(
                ", ", acds.stream().map(each -> each.config().name()).toList());
        return find(acd).isEmpty()
                ? Answer.refused("there is no ACD '" + acd + "'", "the ACDs are: " + names)
                : Answer.refused("there is no leg " + leg, "an ACD has leg 1 and leg 2");
    }
}
