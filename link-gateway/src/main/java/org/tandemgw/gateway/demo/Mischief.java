package org.tandemgw.gateway.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.tandemgw.gateway.time.Clock;

/**
 * Breaks one thing after the other, each kind once a round in an order that the seed gives, and says what came of it. Run
 * by the demo's main thread, which calls {@link #step} often.
 */
final class Mischief {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long PAUSE_MS = 800;
    private static final long QUIET_AFTER_MS = 500;
    private static final long RECOVERY_AT_MOST_MS = 40_000;

    private enum Phase {
        /** Nothing is broken; waits for its time. */
        WAITING,
        /** Something is broken; is put right when held long enough. */
        BROKEN,
        /** Put right; waits until everything is connected and has caught up. */
        RECOVERING
    }

    private final DemoRig rig;
    private final DemoView view;
    private final Clock clock;
    private final Random random;
    private final ArrayDeque<DemoFault> round = new ArrayDeque<>();
    private Phase phase = Phase.WAITING;
    private DemoFault fault;
    private long dueNs;
    private long sinceNs;
    private Account before;
    private String activeBefore;
    private int done;
    private int gapsExpected;
    private int surprises;

    Mischief(DemoRig rig, DemoView view, Clock clock, long seed) {
        this.rig = rig;
        this.view = view;
        this.clock = clock;
        this.random = new Random(seed);
        dueNs = clock.nanoTime() + 2 * PAUSE_MS * NS_PER_MS;
    }

    /** How many things were broken so far. */
    int done() {
        return done;
    }

    /** How many gap records the stream must hold because of what was done. */
    int gapsExpected() {
        return gapsExpected;
    }

    /** How often a fault left more or fewer gaps than it must, or something did not come back in time. */
    int surprises() {
        return surprises;
    }

    boolean calm() {
        return phase == Phase.WAITING;
    }

    /** What is broken just now, or null. */
    DemoFault broken() {
        return phase == Phase.BROKEN ? fault : null;
    }

    /** Does what is due. With {@code more} false it begins nothing new and puts right at once what is broken. */
    void step(boolean more) throws IOException, InterruptedException {
        final long now = clock.nanoTime();
        switch (phase) {
            case WAITING -> {
                if (more && now - dueNs >= 0) {
                    begin(now);
                }
            }
            case BROKEN -> {
                if (!more || now - dueNs >= 0) {
                    rig.end(fault);
                    view.event(DemoView.Kind.MENDED, fault.ends());
                    enter(Phase.RECOVERING, now, RECOVERY_AT_MOST_MS);
                }
            }
            case RECOVERING -> recover(now);
        }
    }

    private void begin(long now) throws InterruptedException {
        if (round.isEmpty()) {
            final List<DemoFault> all = Arrays.asList(DemoFault.values());
            Collections.shuffle(all, random);
            round.addAll(all);
        }
        fault = round.remove();
        before = account();
        activeBefore = rig.trunks().active();
        forgetTimes();
        rig.begin(fault);
        done++;
        view.event(DemoView.Kind.BROKEN, fault.begins());
        enter(Phase.BROKEN, now, fault.heldMs());
    }

    private void recover(long now) {
        final boolean whole = rig.connected()
                && rig.east().standing().following()
                && rig.west().standing().following()
                && rig.behind() < 64
                && rig.trunks().calm();
        if (!whole) {
            sinceNs = now;
        }
        if (whole && now - sinceNs >= QUIET_AFTER_MS * NS_PER_MS) {
            conclude();
            enter(Phase.WAITING, now, PAUSE_MS);
        } else if (now - dueNs >= 0) {
            surprises++;
            view.event(DemoView.Kind.WRONG, "not everything came back within " + RECOVERY_AT_MOST_MS / 1000 + " s");
            enter(Phase.WAITING, now, PAUSE_MS);
        }
    }

    private void conclude() {
        final Account now = account().since(before);
        // While one leg lives everything can be proved; after a gap the first frames may be too dull for that.
        final boolean placed = now.discontinuities == 0 || fault.gaps() > 0;
        final boolean good = now.gaps == fault.gaps() && placed && now.lost == 0 && now.extra == 0;
        gapsExpected += fault.gaps();
        surprises += good ? 0 : 1;
        view.event(
                good ? DemoView.Kind.GOOD : DemoView.Kind.WRONG,
                story() + "; " + gapText(now.gaps, now.inside)
                        + (now.discontinuities == 0
                                ? ""
                                : ", then " + now.discontinuities
                                        + " discontinuity: a repeat could not be excluded by the first frames after it")
                        + ", " + now.lost + " lost, " + now.extra + " repeated");
        forgetTimes();
    }

    private String story() {
        final long pauseMs =
                Math.max(rig.east().takeLongestPauseNs(), rig.west().takeLongestPauseNs()) / NS_PER_MS;
        final long eastSlowest = rig.east().takeSlowestNs();
        final long westSlowest = rig.west().takeSlowestNs();
        final String slowest = ", slowest frame " + ms(Math.max(eastSlowest, westSlowest));
        return switch (fault) {
            case PULL_LEG_1, RESET_LEG_1, TRUNCATE_LEG_1 -> "went on over leg 2" + slowest;
            case PULL_LEG_2, HALF_OPEN_LEG_2 -> "went on over leg 1" + slowest;
            case LAG_LEG_2 -> "went on over the late leg" + slowest;
            case STOP_EAST -> "west went on (" + ms(westSlowest) + "), east caught up" + followed();
            case KILL_WEST, SLOW_WEST -> "east went on (" + ms(eastSlowest) + "), west caught up" + followed();
            case PULL_BOTH, KILL_APPLIANCE -> String.format(Locale.ROOT, "no data for %,d ms", pauseMs);
        };
    }

    /** What became of the trunks: they follow where the active server was the one that went. */
    private String followed() {
        final String active = rig.trunks().active();
        return active == null || active.equals(activeBefore) ? "" : ", Tandem moved the trunks to " + active;
    }

    private static String gapText(long gaps, long inside) {
        return switch ((int) Math.min(2, gaps)) {
            case 0 -> "no gap";
            case 1 -> "one gap, " + inside + " frames in it";
            default -> gaps + " GAPS, " + inside + " frames in them";
        };
    }

    private Account account() {
        final DemoServer.Standing east = rig.east().standing();
        final DemoServer.Standing west = rig.west().standing();
        return new Account(
                east.gaps(),
                east.discontinuities(),
                east.insideBreaks(),
                east.lost() + west.lost(),
                east.extra() + west.extra());
    }

    private void forgetTimes() {
        rig.east().takeSlowestNs();
        rig.west().takeSlowestNs();
        rig.east().takeLongestPauseNs();
        rig.west().takeLongestPauseNs();
    }

    private static String ms(long ns) {
        return String.format(Locale.ROOT, ns < 10 * NS_PER_MS ? "%.1f ms" : "%.0f ms", ns / 1e6);
    }

    private void enter(Phase next, long now, long millis) {
        phase = next;
        sinceNs = now;
        dueNs = now + millis * NS_PER_MS;
    }

    /** What the stream held and what was wrong with it, at one moment. */
    private record Account(long gaps, long discontinuities, long inside, long lost, long extra) {
        Account since(Account before) {
            return new Account(
                    gaps - before.gaps,
                    discontinuities - before.discontinuities,
                    inside - before.inside,
                    lost - before.lost,
                    extra - before.extra);
        }
    }
}
