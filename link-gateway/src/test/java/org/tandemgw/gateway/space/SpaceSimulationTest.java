package org.tandemgw.gateway.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.space.Deletion.Lost;
import org.tandemgw.gateway.space.Deletion.Why;
import org.tandemgw.gateway.space.SpaceFacts.File;
import org.tandemgw.gateway.space.SpaceFacts.Holder;
import org.tandemgw.gateway.space.SpaceFacts.Journal;
import org.tandemgw.gateway.space.SpaceFacts.Use;
import org.tandemgw.gateway.status.DiskState;

/** Some weeks of trouble with space, at random, against what the manual says about each single file. */
@Tag("chance")
class SpaceSimulationTest {
    private static final int WORLDS = 60;
    private static final int STEPS = 1_500;

    private final long seed = Chance.seed();
    private final int[] seen = new int[Why.values().length];
    private int pauses;
    private int newFiles;
    private int endedEarly;
    private String at = "";

    @Test
    void shouldDeleteOnlyWhatTheRulesPermitAndPauseOnlyWhenTheyPermitNothing() {
        final Random seeds = new Random(seed);
        for (int i = 0; i < WORLDS; i++) {
            final SpaceWorld world = new SpaceWorld(new Random(seeds.nextLong()));
            int idle = 0;
            long lastNs = 0;
            for (int step = 0; step < STEPS; step++) {
                at = "world " + i + ", step " + step + ", -Dtandem.seed=" + seed;
                world.step();
                final SpaceFacts facts = world.facts();
                final SpaceDecision decision = SpacePlan.decide(facts);
                judge(facts, decision);
                world.carryOut(decision);
                final boolean stuck = facts.freeBytes() < facts.minFreeBytes()
                        && decision.deletions().isEmpty()
                        && !decision.pause();
                // While the clock is not trusted and nothing comes, no time goes by; nothing is written either.
                final boolean timeStands = reference(facts) == lastNs;
                lastNs = reference(facts);
                idle = stuck ? idle + (timeStands ? 0 : 1) : 0;
                assertTrue(idle <= 12, () -> "neither drops nor pauses; " + at);
            }
            recovers(world);
        }
        assertTrue(
                Arrays.stream(seen).allMatch(count -> count > 20) && pauses > 100 && newFiles > 100 && endedEarly > 100,
                () -> "the worlds are too quiet: " + Arrays.toString(seen) + " " + pauses + " " + newFiles + " "
                        + endedEarly + "; " + at);
    }

    /** When somebody else's files are gone, the legs run again after two looks. */
    private void recovers(SpaceWorld world) {
        SpaceDecision decision = null;
        for (int look = 0; look < 3; look++) {
            world.nobodyElse();
            decision = SpacePlan.decide(world.facts());
            world.carryOut(decision);
        }
        final long enough = SpaceWorld.MIN_FREE + SpacePlan.marginBytes(SpaceWorld.MIN_FREE);
        assertTrue(world.freeBytes() < enough || !decision.pause(), () -> "does not resume; " + at);
    }

    private void judge(SpaceFacts facts, SpaceDecision decision) {
        final List<List<File>> left = new ArrayList<>();
        facts.journals().forEach(journal -> left.add(new ArrayList<>(journal.files())));
        long freeBytes = facts.noRoom() ? Math.min(facts.freeBytes(), facts.minFreeBytes() - 1) : facts.freeBytes();
        final boolean wasPaused = facts.before().state() == DiskState.PAUSED;
        final long margin = SpacePlan.marginBytes(facts.minFreeBytes());
        final long enough = facts.minFreeBytes() + (wasPaused ? margin / 2 : 0);
        for (final Deletion deletion : decision.deletions()) {
            final int index = Integer.parseInt(deletion.acd().substring(3));
            final Journal journal = facts.journals().get(index);
            final File file = deletion.file();
            seen[deletion.why().ordinal()]++;
            assertEquals(left.get(index).get(0), file, () -> "not the oldest; " + at);
            assertEquals(Use.FINISHED, file.use(), at);
            if (deletion.why() == Why.RETENTION) {
                assertTrue(facts.clockTrusted() && facts.nowNs() - file.lastAtNs() > facts.retentionNs(), at);
                assertTrue(journal.holders().stream().allMatch(holder -> has(holder, file)), at);
            } else {
                assertEquals(rule(facts, journal, file), deletion.why(), at);
                assertTrue(permitted(facts, journal, left.get(index), 0) != null, () -> "not for that; " + at);
                assertTrue(freeBytes < (deletion.why().harms() ? enough : facts.minFreeBytes() + margin), at);
                for (int other = 0; other < left.size(); other++) {
                    final Why earlier = permitted(facts, facts.journals().get(other), left.get(other), freeBytes);
                    assertTrue(earlier == null || earlier.compareTo(deletion.why()) >= 0, () -> "a worse one; " + at);
                }
            }
            assertLosses(journal, deletion);
            left.get(index).remove(0);
            freeBytes += file.bytes();
        }
        if (decision.pause()) {
            pauses++;
            assertEquals(DiskState.PAUSED, decision.state(), at);
            assertTrue(freeBytes < enough, () -> "there is room; " + at);
            for (int other = 0; other < left.size(); other++) {
                final Journal journal = facts.journals().get(other);
                final Why why = permitted(facts, journal, left.get(other), 0);
                assertTrue(
                        why == null
                                || wasPaused
                                        && inGrace(
                                                facts, journal, left.get(other).get(0)),
                        () -> "something can go; " + at);
                assertTrue(
                        wasPaused || facts.before().asked() || !canEnd(facts, journal, left.get(other)),
                        () -> "a file can end; " + at);
            }
        }
        for (final String acd : decision.newFile()) {
            final int index = Integer.parseInt(acd.substring(3));
            final boolean over = left.get(index).get(0).use() == Use.OVER;
            assertTrue(over || canEnd(facts, facts.journals().get(index), left.get(index)), () -> "ended; " + at);
            endedEarly += over ? 0 : 1;
        }
        newFiles += decision.newFile().size();
        assertFalse(
                !decision.newFile().isEmpty() && facts.freeBytes() - facts.soonBytes() >= enough && !facts.noRoom(),
                () -> "a new file for nothing; " + at);
    }

    /** As what the oldest file of a journal may go now; null: it may not. */
    private static Why permitted(SpaceFacts facts, Journal journal, List<File> files, long freeBytes) {
        if (files.isEmpty() || files.get(0).use() != Use.FINISHED) {
            return null;
        }
        final File file = files.get(0);
        final Why why = rule(facts, journal, file);
        final boolean tooYoung =
                why == Why.BOTH_MISS && reference(facts) - file.firstAtNs() <= 600 * SpaceWorld.SECOND_NS;
        final boolean waits = why.harms() && freeBytes > 0 && inGrace(facts, journal, file);
        final boolean spared = why.harms()
                && facts.noRoom()
                && facts.freeBytes() >= facts.minFreeBytes() + SpacePlan.marginBytes(facts.minFreeBytes());
        return tooYoung || waits || spared ? null : why;
    }

    /** Before its time: if it is worth it, and could go without harm to the server in control once who follows has all of it. */
    private static boolean canEnd(SpaceFacts facts, Journal journal, List<File> files) {
        if (files.isEmpty()
                || files.get(0).use() != Use.APPENDED_TO
                || files.get(0).bytes() <= 4 << 20) {
            return false;
        }
        final File file = files.get(0);
        final List<Holder> later = new ArrayList<>();
        for (final Holder holder : journal.holders()) {
            final boolean follows = holder.connected() && holder.hold() >= file.first();
            later.add(follows ? new Holder(holder.server(), file.last(), true) : holder);
        }
        final Why why = rule(facts, new Journal(journal.acd(), 1, true, journal.files(), later), file);
        final boolean spared = facts.noRoom()
                && facts.freeBytes() >= facts.minFreeBytes() + SpacePlan.marginBytes(facts.minFreeBytes());
        return why == Why.BOTH_HAVE_IT || why == Why.ONLY_NON_ACTIVE_MISSES && !spared;
    }

    private static boolean inGrace(SpaceFacts facts, Journal journal, File file) {
        return journal.holders().stream().anyMatch(holder -> holder.connected() && !has(holder, file))
                && reference(facts) - file.lastAtNs() < 5 * SpaceWorld.SECOND_NS;
    }

    private static long reference(SpaceFacts facts) {
        long newest = Long.MIN_VALUE;
        for (final Journal journal : facts.journals()) {
            for (final File file : journal.files()) {
                newest = journal.live() ? Math.max(newest, file.lastAtNs()) : newest;
            }
        }
        return facts.clockTrusted() || newest == Long.MIN_VALUE ? Math.max(newest, facts.nowNs()) : newest;
    }

    private static Why rule(SpaceFacts facts, Journal journal, File file) {
        if (!journal.live()) {
            return Why.NOBODY_READS_IT;
        }
        final Holder east = journal.holders().get(0);
        final Holder west = journal.holders().get(1);
        if (has(east, file) && has(west, file)) {
            return Why.BOTH_HAVE_IT;
        }
        if (!has(east, file) && !has(west, file)) {
            return Why.BOTH_MISS;
        }
        final Holder misses = has(east, file) ? west : east;
        final Holder other = has(east, file) ? east : west;
        final boolean nonActive;
        if (facts.active() != null) {
            nonActive = !facts.active().equals(misses.server());
        } else if (misses.connected() != other.connected()) {
            nonActive = other.connected();
        } else {
            nonActive = misses.hold() < other.hold();
        }
        return nonActive ? Why.ONLY_NON_ACTIVE_MISSES : Why.BOTH_MISS;
    }

    private static boolean has(Holder holder, File file) {
        return holder.hold() < 0 || holder.hold() >= file.last();
    }

    private void assertLosses(Journal journal, Deletion deletion) {
        final List<Lost> expected = new ArrayList<>();
        for (final Holder holder : journal.holders()) {
            if (!has(holder, deletion.file())) {
                final long from = Math.max(holder.hold() + 1, deletion.file().first());
                expected.add(new Lost(holder.server(), from, deletion.file().last()));
            }
        }
        assertEquals(expected, deletion.lost(), at);
    }
}
