package org.tandemgw.gateway.decision;

import java.util.List;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.SiteState;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.SwitchoverView;

/** What pages say of the site as it stands now. Pure. */
public final class SiteNow {
    private static final String PROTECTED = SiteState.PROTECTED.toString();
    private static final String FAILURE = "failure of ";

    private SiteNow() {}

    /** What to type next; a sentence where nothing has to be typed. */
    static String next(SwitchoverView now) {
        if (now.next() != null) {
            return now.next();
        }
        if (now.phase().switching()) {
            return "tandem why " + now.decision() + "   (it is under way: nothing has to be done)";
        }
        return now.protected_() ? "nothing has to be done" : "tandem status   (the site is not protected)";
    }

    /**
     * Deciding may find nothing wrong where the rest of the site does, as on a full disk: then state, reasons and command are those of status, so that all pages
     * say the same.
     */
    public static SwitchoverView whole(SwitchoverView deciding, GatewayStatus status) {
        final boolean less = deciding.protected_()
                && PROTECTED.equals(deciding.state())
                && status.state() == SiteState.UNPROTECTED
                && !deciding.because().containsAll(status.because());
        return !less
                ? deciding
                : new SwitchoverView(
                        deciding.phase(),
                        deciding.sinceMs(),
                        status.state().toString(),
                        deciding.active(),
                        deciding.epoch(),
                        deciding.mode(),
                        deciding.modeFile(),
                        deciding.modeOperator(),
                        false,
                        deciding.servers(),
                        status.because(),
                        status.next(),
                        deciding.holdDownLeftMs(),
                        deciding.conditions(),
                        deciding.alarms(),
                        deciding.moves(),
                        deciding.decision(),
                        deciding.open(),
                        deciding.maintenance(),
                        deciding.drills());
    }

    /**
     * The decision that the site is holding because of; null if there is none among these.
     *
     * @param newest the newest first
     */
    public static Decision ledHere(SwitchoverView now, List<Decision> newest) {
        return newest.stream()
                .filter(each -> now.phase() == Phase.HOLDING
                        && (each.outcome() == Outcome.FAILED || each.outcome() == Outcome.HELD)
                        && each.epoch() != null
                        && each.refusedBecause().stream()
                                .anyMatch(why -> now.because().stream().anyMatch(line -> line.contains(why))))
                .findFirst()
                .orElse(null);
    }

    /**
     * Whether the running site knows nothing any more of a decision that has no end, as after a lost control file.
     *
     * @param now taken before the decision was read; null: it does not run
     */
    public static boolean isForgotten(SwitchoverView now, Decision decision) {
        return decision.outcome() == null
                && now != null
                && now.phase() != Phase.STARTING
                && decision.decision() <= now.decision()
                && (now.open() == null || now.open().decision() != decision.decision());
    }

    /** Whether this condition is only that there is something to act on: it is missing on every good day. */
    static boolean isFailure(Condition condition) {
        return condition.name().startsWith(FAILURE);
    }

    /** Whether the active server is down now. */
    static boolean hasFailed(SwitchoverView now) {
        return now.conditions().stream().anyMatch(each -> isFailure(each) && each.met());
    }

    /** Whether the other server takes over by itself, should the active one fail. */
    public static boolean isReady(SwitchoverView now) {
        return !now.conditions().isEmpty() && now.conditions().stream().allMatch(each -> each.met() || isFailure(each));
    }
}
