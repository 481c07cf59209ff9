package org.tandemgw.gateway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmBook;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.alarm.ManualClock;
import org.tandemgw.gateway.alarm.Severity;

/** Five hours in which all legs, both servers and the trunk switch come and go, each at its own pace, and the manager is away at times. */
@Tag("chance")
class AlarmStormTest {
    private static final int STEP_MS = 1_000;
    private static final int HOURS = 5;
    private static final long WITHIN_MS = 600_000;

    private final long seed;
    private final Random random;
    private final ManualClock clock = new ManualClock();
    private final AlarmBook book = new AlarmBook(clock, 1, List.of());
    private final NotificationPlan plan = new NotificationPlan(true, 1, clock.nanoTime());

    private final Map<String, Thing> things = new HashMap<>();
    private final Deque<Long> counted = new ArrayDeque<>();
    private final Set<Long> known = new TreeSet<>();
    private long nowMs;
    private long lastNumber;
    private long notices;
    private long changes;

    /** Something that comes and goes, and by how much; with a memory of its own for what must stand. */
    private static final class Thing {
        final int meanMs;
        boolean bad;
        long untilMs;
        final List<Long> begunMs = new ArrayList<>();
        long heldMs = -1;
        boolean flaps;

        Thing(int meanMs) {
            this.meanMs = meanMs;
        }
    }

    AlarmStormTest(TestInfo info) {
        seed = Long.getLong("tandem.seed", info.getTags().contains("slow") ? System.nanoTime() : 7);
        random = new Random(seed);
    }

    @RepeatedTest(20)
    @Tag("slow")
    void shouldKeepBothThroughStormsThatNobodyHasSeen() {
        shouldKeepTheTableRightAndTheBudgetThroughAStorm();
    }

    @Test
    void shouldKeepTheTableRightAndTheBudgetThroughAStorm() {
        for (int acd = 1; acd <= 4; acd++) {
            for (int leg = 1; leg <= 2; leg++) {
                thing(AlarmName.LEG_DOWN, "acd" + acd + "/leg-" + leg);
            }
        }
        for (final String server : List.of("east", "west")) {
            thing(AlarmName.SERVER_DOWN, server);
            for (int acd = 1; acd <= 4; acd++) {
                thing(AlarmName.FEED_DOWN, server + "/acd" + acd);
            }
        }
        thing(AlarmName.SWITCH_UNREACHABLE, "trunks");
        thing(AlarmName.POSITION_MIXED, "trunks");
        thing(AlarmName.UNPROTECTED, "site");
        while (nowMs < Duration.ofHours(HOURS).toMillis()) {
            step(true);
        }
        final String figures = "seed " + seed + ": " + changes + " changes, " + notices + " notices";
        assertTrue(changes > 1_000 && notices > 60, figures);

        things.values().forEach(thing -> thing.bad = false);
        for (int i = 0; i < Duration.ofMinutes(20).toMillis() / STEP_MS; i++) {
            step(false);
        }
        assertEquals(List.of(), book.active(), figures);
        assertEquals(Set.of(), known, "the manager knows that all is over; " + figures);
    }

    private void thing(AlarmName name, String object) {
        things.put(name + " " + object, new Thing(5_000 + random.nextInt(400_000)));
    }

    private void step(boolean storm) {
        final String where = "seed " + seed + ", at " + nowMs + " ms";
        final List<Condition> conditions = new ArrayList<>();
        things.forEach((key, thing) -> {
            if (storm && nowMs >= thing.untilMs) {
                thing.bad = !thing.bad;
                thing.untilMs = nowMs + 1 + (long) (-thing.meanMs * Math.log(1 - random.nextDouble()));
            }
            if (thing.bad) {
                conditions.add(condition(key));
            }
        });
        for (int acd = 1; acd <= 4; acd++) {
            linkLost("acd" + acd, conditions);
        }
        changes += book.update(conditions, Set.of()).size();
        assertEquals(mustStand(conditions), standing(), where);
        tell(where);
        clock.forward(Duration.ofMillis(STEP_MS));
        nowMs += STEP_MS;
    }

    /** It follows from its two legs, and is watched like anything else. */
    private void linkLost(String acd, List<Condition> conditions) {
        final Thing link = things.computeIfAbsent("linkLost " + acd, any -> new Thing(0));
        link.bad = things.get("legDown " + acd + "/leg-1").bad && things.get("legDown " + acd + "/leg-2").bad;
        link.untilMs = Long.MAX_VALUE;
        conditions.removeIf(
                each -> each.name() == AlarmName.LINK_LOST && each.object().equals(acd));
        if (link.bad) {
            conditions.add(new Condition(AlarmName.LINK_LOST, acd, "neither leg is up"));
        }
    }

    private static Condition condition(String key) {
        final String[] parts = key.split(" ");
        for (final AlarmName name : AlarmName.values()) {
            if (name.toString().equals(parts[0])) {
                return new Condition(name, parts[1], "because");
            }
        }
        throw new IllegalArgumentException(key);
    }

    /** What holds, and what has begun five times in ten minutes and was there within the last one. */
    private Set<String> mustStand(List<Condition> conditions) {
        final Set<String> must = new HashSet<>();
        final Set<String> stood = standingBefore;
        conditions.forEach(each -> must.add(each.name() + " " + each.object()));
        things.forEach((key, thing) -> {
            if (thing.flaps && nowMs - thing.heldMs >= 60_000) {
                thing.flaps = false;
                thing.begunMs.clear();
            }
            if (must.contains(key)) {
                if (!stood.contains(key)) {
                    thing.begunMs.add(nowMs);
                    final int size = thing.begunMs.size();
                    thing.flaps |= size >= 5 && nowMs - thing.begunMs.get(size - 5) <= WITHIN_MS;
                }
                thing.heldMs = nowMs;
            } else if (thing.flaps) {
                must.add(key);
            }
        });
        standingBefore = must;
        return must;
    }

    private Set<String> standingBefore = Set.of();

    private Set<String> standing() {
        final Set<String> names = new HashSet<>();
        book.active().forEach(alarm -> names.add(alarm.name() + " " + alarm.object()));
        return names;
    }

    private void tell(String where) {
        // Away for five minutes in each hour: nothing is confirmed.
        final boolean away = nowMs % 3_600_000 > 3_300_000;
        Optional<Notice> next = plan.next(book.active(), clock.nanoTime());
        while (next.isPresent()) {
            final Notice notice = next.get();
            notices++;
            assertEquals(lastNumber + 1, notice.number(), where);
            lastNumber = notice.number();
            if (notice.alarm() == null || notice.alarm().severity() != Severity.CRITICAL) {
                counted.addLast(nowMs);
                counted.removeIf(at -> nowMs - at >= WITHIN_MS);
                assertTrue(counted.size() <= 10, where + ": " + notice);
            }
            if (!away) {
                learn(notice, where);
            }
            plan.ended(!away, clock.nanoTime());
            next = plan.next(book.active(), clock.nanoTime());
        }
    }

    /** What a manager does with a notice: the table where it is told to read it. */
    private void learn(Notice notice, String where) {
        switch (notice.kind()) {
            case RAISED -> assertTrue(known.add(notice.alarm().number()), where + ": told twice: " + notice);
            case CLEARED -> assertTrue(known.remove(notice.alarm().number()), where + ": never raised: " + notice);
            case SUMMARY -> {
                known.clear();
                book.active().stream()
                        .filter(alarm -> !RootCauses.of(book.active()).containsKey(alarm))
                        .map(Alarm::number)
                        .forEach(known::add);
            }
            default -> {}
        }
    }
}
