package org.tandemgw.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.config.AcdConfig;
import org.tandemgw.gateway.config.LegConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.intake.AcdIntake;
import org.tandemgw.gateway.leg.AcdLeg;
import org.tandemgw.gateway.time.Clock;

/**
 * Has legs be reached as a changed configuration says, one after the other: one that carries the stream is ended only while the other one does too. All of them, or
 * none: what does not come up is put back. The thread {@code tandem-reload}; waits.
 */
final class LegChanges {
    private static final Logger LOG = LoggerFactory.getLogger(LegChanges.class);
    private static final long LOOK_MS = 20;
    private static final long LIMIT_MS = 30_000;
    /** So many attempts in vain say enough. */
    private static final int IN_VAIN = 3;

    private record Step(AcdParts acd, LegConfig before, LegConfig next) {
        String name() {
            return acd.config().name() + "/leg-" + next.number();
        }

        int leg() {
            return next.number();
        }

        AcdIntake intake() {
            return acd.merging().orElseThrow();
        }

        /** Who may dial in is asked when somebody does. */
        boolean anew() {
            return !new LegConfig(
                            next.number(),
                            next.connect(),
                            next.listen(),
                            next.bind(),
                            before.allow(),
                            next.credentials(),
                            next.dscp())
                    .equals(before);
        }
    }

    private final List<AcdParts> acds;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Deque<Step> done = new ArrayDeque<>();

    /** @param progress hears what is waited for */
    LegChanges(List<AcdParts> acds, Clock clock, Consumer<String> progress) {
        this.acds = acds;
        this.clock = clock;
        this.progress = progress;
    }

    /** Why not, and then all legs are as they were; null: it is done. */
    String make(SiteConfiguration running, SiteConfiguration next) throws InterruptedException {
        for (final AcdParts acd : acds) {
            final List<Step> changed = steps(acd, config(running, acd), config(next, acd));
            if (changed.isEmpty()) {
                continue;
            }
            if (acd.merging().isEmpty()) {
                putBack();
                return "the legs of " + acd.config().name()
                        + " are relayed, each to its own server: they change with a restart only";
            }
            final AcdIntake intake = acd.merging().orElseThrow();
            final List<Step> steps = changed.stream()
                    .sorted((one, other) -> Boolean.compare(intake.carries(one.leg()), intake.carries(other.leg())))
                    .toList();
            for (final Step step : steps) {
                final String why = take(step, steps.size() > 1);
                if (why != null) {
                    putBack();
                    return why;
                }
            }
        }
        return null;
    }

    /** All that was changed is put back, the last one first. One that carries the stream alone waits until the other does too, however long that takes. */
    void putBack() throws InterruptedException {
        while (!done.isEmpty()) {
            final Step step = done.pop();
            while (tell(step, step.before()) != null) {
                progress.accept("waits until " + other(step) + " carries the stream, to put " + step.name() + " back");
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
            LOG.info("{} is put back to what it was", step.name());
        }
    }

    private static AcdConfig config(SiteConfiguration site, AcdParts acd) {
        return site.acds().stream()
                .filter(each -> each.name().equals(acd.config().name()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Step> steps(AcdParts acd, AcdConfig before, AcdConfig next) {
        return Stream.of(0, 1)
                .map(i -> new Step(acd, before.legs().get(i), next.legs().get(i)))
                .filter(step -> !step.before().equals(step.next()))
                .toList();
    }

    private static String other(Step step) {
        return step.acd().config().name() + "/leg-" + (3 - step.leg());
    }

    private String tell(Step step, LegConfig to) {
        return step.intake().follow(Wiring.leg(to, step.acd().dialect()), step.anew());
    }

    private String take(Step step, boolean both) throws InterruptedException {
        final AcdIntake intake = step.intake();
        final int other = 3 - step.leg();
        final boolean carried = intake.carries(step.leg());
        if (carried && step.anew()) {
            progress.accept("waits until " + other(step) + " carries the stream, to change " + step.name());
            await(() -> intake.carries(other), intake.leg(other));
        }
        final boolean needed = carried || both && intake.carries(other);
        final String refused = tell(step, step.next());
        if (refused != null) {
            return refused;
        }
        done.push(step);
        if (step.anew() && needed && intake.leg(step.leg()).state().isOpen()) {
            progress.accept("waits until " + step.name()
                    + " is up as the file has it now, and its place in the stream is found");
            if (!await(() -> intake.carries(step.leg()), intake.leg(step.leg()))) {
                final String error = intake.leg(step.leg()).lastError();
                return step.name() + " does not carry the stream as the file has it now"
                        + (error.isEmpty() ? ": nothing came that shows its place" : ": " + error);
            }
        }
        return null;
    }

    /** False if it takes too long, or too many attempts are in vain. */
    private boolean await(BooleanSupplier reached, AcdLeg leg) throws InterruptedException {
        final long endNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
        final long inVain = leg.failures() + IN_VAIN;
        while (!reached.getAsBoolean()) {
            if (clock.nanoTime() - endNs > 0
                    || leg.failures() >= inVain
                    || !leg.state().isOpen()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return true;
    }
}
