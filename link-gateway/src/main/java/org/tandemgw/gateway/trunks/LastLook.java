package org.tandemgw.gateway.trunks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.Selected;

/**
 * The ends of one select over all switches. In a long one the cards that were read back first may have been moved meanwhile, at the box or
 * at its panel. So before the last good end is told, every switch whose oldest read-back may be older than {@link #OLDEST_MS} is asked
 * for all its cards once more; what differs is told in place of the good end. On the threads of the switches; waits for nothing.
 */
final class LastLook implements SelectWish.Over {
    static final long OLDEST_MS = 2_000;

    private record End(Selected selected, long atNs) {}

    private final Map<String, AttemptedSwitch> switches;
    private final SelectWish attempt;
    private final SelectWish.Over over;
    private final LongSupplier nanoTime;
    private final Map<String, End> ends = new HashMap<>();

    LastLook(Map<String, AttemptedSwitch> switches, SelectWish attempt, SelectWish.Over over, LongSupplier nanoTime) {
        this.switches = Map.copyOf(switches);
        this.attempt = attempt;
        this.over = over;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void over(String name, Selected selected) {
        ends.put(name, new End(selected, nanoTime.getAsLong()));
        final List<String> old = ends.size() == switches.size() && allThere()
                ? ends.keySet().stream().filter(this::isOld).sorted().toList()
                : List.of();
        if (old.isEmpty()) {
            over.over(name, selected);
            return;
        }
        final Map<String, CompletableFuture<Selected>> looks = new HashMap<>();
        old.forEach(each ->
                looks.put(each, switches.get(each).lookAgain(ends.get(each).selected())));
        CompletableFuture.allOf(looks.values().toArray(CompletableFuture[]::new))
                .whenComplete((done, never) -> tellAgain(name, selected, looks));
    }

    private boolean allThere() {
        return ends.values().stream().allMatch(each -> each.selected().overall() == Overall.OK);
    }

    /** Whether a card may have been read back that long ago: at the earliest when the order began. */
    private boolean isOld(String name) {
        final End end = ends.get(name);
        final long sinceNs = nanoTime.getAsLong() - end.atNs();
        return end.selected().took().toNanos() + sinceNs > TimeUnit.MILLISECONDS.toNanos(OLDEST_MS);
    }

    /** The one that ended last is told last: then all are judged. */
    private void tellAgain(String last, Selected good, Map<String, CompletableFuture<Selected>> looks) {
        looks.forEach((name, look) -> {
            final Selected again = look.join();
            if (again.overall() != Overall.OK) {
                switches.get(name).audit(attempt, again);
                if (!name.equals(last)) {
                    over.over(name, again);
                }
            }
        });
        over.over(last, looks.containsKey(last) ? looks.get(last).join() : good);
    }
}
