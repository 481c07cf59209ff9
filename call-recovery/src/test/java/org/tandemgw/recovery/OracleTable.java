package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.tandemgw.recovery.Truth.Agent;
import org.tandemgw.recovery.Truth.Call;
import org.tandemgw.recovery.Truth.Leg;

/**
 * A table that is told what a {@link ContactCentre} says, and held against what is true after each event. A second one is told the
 * same and never restarted.
 */
final class OracleTable {
    final ContactCentre centre;
    CallTable table;
    private final CallTable steady;
    private final long[] life = new long[Lives.MAX_FRAMES];
    private CallEvent now;
    private Call about;
    long events;
    long segments;
    long checkedSegments;

    OracleTable(long seed) {
        table = new CallTable(TableLimits.ofCalls(1000), this::ended);
        steady = new CallTable(TableLimits.ofCalls(1000), CallWatcher.NONE);
        table.tellSegments(this::segment);
        centre = new ContactCentre(seed, this::told);
    }

    private void told(CallEvent event, Call call) {
        now = event;
        about = call;
        events++;
        table.apply(event);
        steady.apply(event);
        if (call != null) {
            check(call);
        }
    }

    void run(long until, int restartEach, int checkEach) throws Exception {
        while (events < until) {
            centre.step();
            if (centre.random.nextInt(checkEach) == 0) {
                checkAll();
            }
            if (centre.random.nextInt(restartEach) == 0) {
                restart();
            }
        }
        checkAll();
        assertArrayEquals(bytes(steady), bytes(table), "same events, same table");
    }

    void restart() throws Exception {
        final byte[] before = bytes(table);
        table = TableSnapshot.read(new ByteArrayInputStream(before)::read, TableLimits.ofCalls(1000), this::ended);
        assertArrayEquals(before, bytes(table));
        table.tellSegments(this::segment);
    }

    static byte[] bytes(CallTable table) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableSnapshot.write(table, out::write);
        return out.toByteArray();
    }

    private void segment(CallView view, SegmentEnd how, long atNs) {
        segments++;
        final Call call =
                switch (how) {
                    case SWITCHED -> centre.truth.calls.get(view.id());
                    case MERGED -> centre.truth.merged.remove(view.id());
                    default -> about;
                };
        if (call == null || call.holed || centre.unsure) {
            return;
        }
        final Call.Segment segment =
                how == SegmentEnd.CLEARED || how == SegmentEnd.MERGED ? call.segmentUntil(atNs) : call.segment;
        assertEquals(
                segment,
                new Call.Segment(
                        view.segments(),
                        view.segmentSinceNs(),
                        atNs,
                        view.segmentWaitedNs(atNs),
                        view.segmentHeldNs(atNs),
                        view.segmentTalkedNs(atNs)),
                () -> how + " " + now);
        checkedSegments++;
    }

    private void ended(CallView view, End how, long atNs) {
        final Call true1 = centre.truth.calls.get(view.id());
        switch (how) {
            case CLEARED -> {
                assertEquals(about.id, view.id());
                if (!centre.unsure) {
                    assertNull(true1, now::toString);
                }
                if (!about.holed && !centre.unsure) {
                    assertEquals(about.waitedNs, view.waitedNs(atNs), now::toString);
                    assertEquals(about.heldNs, view.heldNs(atNs), now::toString);
                    assertEquals(about.segments, view.segments());
                    assertEquals(about.startedNs, view.startedNs());
                }
            }
            case ENDED_MEANWHILE -> assertNull(true1, () -> "is still there: " + view.id());
            case MERGED -> {
                if (!centre.unsure) {
                    assertNull(true1, () -> "is still there: " + view.id());
                }
            }
            default -> throw new AssertionError(how);
        }
    }

    private void check(Call call) {
        final CallView view = table.call(call.id);
        final boolean there = centre.truth.calls.get(call.id) == call;
        if (centre.unsure) {
            if (view != null) {
                sureLegs(view);
            }
        } else if (there) {
            assertNotNull(view, () -> call.id + " is missing after " + now);
            check(call, view);
        } else {
            assertNull(view, () -> call.id + " should be gone after " + now);
        }
    }

    private void check(Call call, CallView view) {
        final Supplier<String> where = () -> call.id + " after " + now;
        assertTrue(view.sure(), where);
        assertEquals(call.legs.size(), view.legs(), where);
        for (final LegSummary leg : view.legList()) {
            final Leg true1 = centre.truth.legs.get(leg.id());
            assertNotNull(true1, where);
            assertEquals(call, true1.call, where);
            assertEquals(true1.state, leg.state(), where);
            assertEquals(true1.party, leg.party(), where);
            assertEquals(true1.agent, leg.agent(), where);
            assertEquals(true1.trunk, leg.trunk(), where);
        }
        assertEquals(call.state(), view.state(), where);
        assertEquals(call.media, view.media(), where);
        if (!call.joined) {
            assertEquals(call.holed, view.holed(), where);
        }
        assertTrue(call.holed || !view.holed(), where);
        if (call.holed) {
            if (call.tellsStart && !call.joined) {
                assertEquals(call.startedNs, view.startedNs(), where);
            }
            return;
        }
        assertTrue(view.startSeen(), where);
        assertEquals(call.startedNs, view.startedNs(), where);
        assertEquals(call.answeredNs, view.answeredNs(), where);
        final long timeNs = centre.timeNs();
        assertEquals(call.waitedNs(timeNs), view.waitedNs(timeNs), where);
        assertEquals(call.heldNs(timeNs), view.heldNs(timeNs), where);
        if (!call.joined) {
            assertEquals(call.stateSinceNs, view.stateSinceNs(), where);
        }
        assertEquals(call.queue, view.queue(), where);
        assertEquals(call.cause, view.cause(), where);
        assertEquals(call.calling, view.calling(), where);
        assertEquals(call.called, view.called(), where);
        assertEquals(call.segments, view.segments(), where);
        assertEquals(call.frames.get(call.frames.size() - 1), view.sequence(), where);
        assertTrue(view.sequencesComplete());
        if ((events & 7) == 0) {
            namesAndFrames(call, view, where);
        }
    }

    private void namesAndFrames(Call call, CallView view, Supplier<String> where) {
        assertEquals(call.frames.size(), view.sequences(life), where);
        for (int i = 0; i < call.frames.size(); i++) {
            assertEquals(call.frames.get(i), life[i], where);
        }
        final Set<String> parties = new HashSet<>(Set.of(call.calling, call.called));
        call.legs.forEach(leg -> parties.add(leg.party));
        parties.remove("");
        assertEquals(parties, new HashSet<>(view.parties()), where);
        assertTrue(view.agent().isEmpty() || call.legs.stream().anyMatch(leg -> leg.agent.equals(view.agent())));
    }

    /** While something may have been missed: what is said to be sure is true. */
    private void sureLegs(CallView view) {
        for (final LegSummary leg : view.legList()) {
            if (leg.sure()) {
                final Leg true1 = centre.truth.legs.get(leg.id());
                assertNotNull(true1, () -> leg + " after " + now);
                assertEquals(true1.state, leg.state(), () -> leg + " after " + now);
                assertEquals(true1.call.id, view.id(), () -> leg + " after " + now);
            }
        }
    }

    void checkAll() {
        final Set<String> seen = new HashSet<>();
        table.calls(view -> {
            assertTrue(seen.add(view.id()), "twice: " + view.id());
            sureLegs(view);
            if (!centre.unsure) {
                final Call call = centre.truth.calls.get(view.id());
                assertNotNull(call, () -> "a ghost: " + view.id() + " " + view.legList());
                check(call, view);
            }
        });
        assertEquals(table.inFlight(), seen.size());
        final Set<String> agents = new HashSet<>();
        table.agents(view -> {
            final String key = view.agent() + "/" + view.queue();
            agents.add(key);
            final Agent agent = centre.truth.agents.get(key);
            if (view.sure()) {
                assertNotNull(agent, key);
                if (!agent.vague) {
                    assertEquals(agent.state, view.state(), key);
                    assertEquals(agent.cause, view.cause(), key);
                }
            }
            assertTrue(centre.unsure || view.sure(), key);
        });
        if (!centre.unsure) {
            assertEquals(centre.truth.calls.keySet(), seen);
            assertEquals(centre.truth.agents.keySet(), agents);
        }
        assertEquals(
                table.count(Count.BEGUN),
                table.inFlight()
                        + table.count(Count.ENDED)
                        + table.count(Count.MERGED)
                        + table.count(Count.ENDED_MEANWHILE));
        assertEquals(
                0, table.count(Count.GAVE_WAY) + table.count(Count.LEGS_NOT_KEPT) + table.count(Count.TEXTS_NOT_KEPT));
        assertFalse(table.count(Count.LIVES_CUT) > 0);
    }
}
