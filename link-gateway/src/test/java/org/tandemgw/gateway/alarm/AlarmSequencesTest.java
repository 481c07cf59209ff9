package org.tandemgw.gateway.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;

/** Random weeks of trouble, restarts among them, against a model that is too simple to be wrong. */
@Tag("chance")
class AlarmSequencesTest {
    private static final int STEPS = 4_000;

    @TempDir
    Path data;

    private final ManualClock clock = new ManualClock();

    /** What the model knows of an alarm that stands. */
    private static final class Standing {
        long number;
        boolean untested;
        long wholeForMs;
    }

    @Test
    void shouldDoWhatASimpleModelDoes() throws IOException {
        final long seed = Chance.seed();
        final Random random = new Random(seed);
        final Map<String, Standing> model = new TreeMap<>();
        long next = 1;
        long graceMs = 0;
        final Map<String, List<Long>> begunMs = new HashMap<>();
        final Map<String, Long> heldMs = new HashMap<>();
        final Set<String> flapping = new HashSet<>();
        long nowMs = 0;
        Alarms alarms = new Alarms(data, clock);
        for (int step = 0; step < STEPS; step++) {
            final String where = "seed " + seed + ", step " + step;
            final Set<String> downLegs = new HashSet<>();
            final Set<String> whole = new HashSet<>();
            for (final String acd : List.of("a", "b")) {
                if (random.nextInt(3) == 0) {
                    downLegs.add(acd + "/leg-1");
                }
                if (random.nextInt(8) > 0 && !downLegs.contains(acd + "/leg-1")) {
                    whole.add(acd);
                }
            }
            if (random.nextInt(20) == 0) {
                final String acd = random.nextBoolean() ? "a" : "b";
                alarms.latch(AlarmName.GAP, acd, "gap at " + step);
                final Standing gap = model.get("gap " + acd);
                if (gap == null) {
                    model.put("gap " + acd, standing(next++));
                } else {
                    gap.wholeForMs = -1;
                }
            }
            if (random.nextInt(50) == 0) {
                alarms.close();
                alarms = new Alarms(data, clock);
                graceMs = 10_000;
                begunMs.clear();
                flapping.clear();
                model.forEach((name, alarm) -> {
                    alarm.untested = true;
                    alarm.wholeForMs = -1;
                });
            }
            if (random.nextInt(40) == 0 && !model.isEmpty()) {
                final String name = List.copyOf(model.keySet()).get(random.nextInt(model.size()));
                assertTrue(
                        alarms.acknowledge(model.get(name).number, "jd", "seen").isPresent(), where);
                if (name.startsWith("gap")) {
                    model.remove(name);
                }
            }
            final int passedMs = 500 * random.nextInt(8);
            clock.forward(Duration.ofMillis(passedMs));
            graceMs -= passedMs;
            nowMs += passedMs;
            for (final String leg : List.copyOf(flapping)) {
                if (nowMs - heldMs.get(leg) >= 60_000) {
                    flapping.remove(leg);
                    begunMs.remove(leg);
                }
            }

            final List<Condition> conditions = new ArrayList<>();
            for (final String leg : downLegs.stream().sorted().toList()) {
                conditions.add(new Condition(AlarmName.LEG_DOWN, leg, "down"));
                if (!model.containsKey("legDown " + leg)) {
                    model.put("legDown " + leg, standing(next++));
                    final List<Long> begun = begunMs.computeIfAbsent(leg, any -> new ArrayList<>());
                    begun.add(nowMs);
                    if (begun.size() >= 5 && nowMs - begun.get(begun.size() - 5) <= 600_000) {
                        flapping.add(leg);
                    }
                }
                model.get("legDown " + leg).untested = false;
                heldMs.put(leg, nowMs);
            }
            for (final String name : List.copyOf(model.keySet())) {
                final Standing alarm = model.get(name);
                final String object = name.substring(name.indexOf(' ') + 1);
                if (name.startsWith("gap")) {
                    alarm.wholeForMs =
                            !whole.contains(object) ? -1 : alarm.wholeForMs < 0 ? 0 : alarm.wholeForMs + passedMs;
                    if (alarm.wholeForMs >= 10_000) {
                        model.remove(name);
                    }
                } else if (!downLegs.contains(object)
                        && !flapping.contains(object)
                        && !(alarm.untested && graceMs > 0)) {
                    model.remove(name);
                }
            }
            alarms.update(conditions, whole);

            assertEquals(numbers(model), numbers(alarms.active()), where);
        }
        alarms.close();
        assertEquals(
                next - 1, new Alarms(data, clock).history(Integer.MAX_VALUE).size(), "seed " + seed);
    }

    private static Standing standing(long number) {
        final Standing standing = new Standing();
        standing.number = number;
        standing.wholeForMs = -1;
        return standing;
    }

    private static Map<String, Long> numbers(Map<String, Standing> model) {
        final Map<String, Long> numbers = new HashMap<>();
        model.forEach((name, alarm) -> numbers.put(name, alarm.number));
        return numbers;
    }

    private static Map<String, Long> numbers(List<Alarm> alarms) {
        final Map<String, Long> numbers = new HashMap<>();
        alarms.forEach(alarm -> numbers.put(alarm.name() + " " + alarm.object(), alarm.number()));
        return numbers;
    }
}
