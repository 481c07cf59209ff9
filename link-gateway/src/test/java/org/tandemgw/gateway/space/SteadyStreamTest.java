package org.tandemgw.gateway.space;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.space.SpaceFacts.Before;
import org.tandemgw.gateway.space.SpaceFacts.File;
import org.tandemgw.gateway.space.SpaceFacts.Holder;
import org.tandemgw.gateway.space.SpaceFacts.Journal;
import org.tandemgw.gateway.space.SpaceFacts.Use;
import org.tandemgw.gateway.status.DiskState;

/** A small disk, a stream that goes on, one server that follows and one that is away: there is no reason ever to pause. */
@Tag("chance")
class SteadyStreamTest {
    private static final long MIB = 1 << 20;
    private static final long MS = 1_000_000;
    private static final long DISK = 64 * MIB;
    private static final long MIN_FREE = 8 * MIB;
    private static final int RECORD_BYTES = 2_048;
    /** What a new file takes ahead of its records. */
    private static final long AHEAD = 3 * MIB;

    private static final long SYNC_MS = 30;

    private final long seed = Chance.seed();

    @Test
    void shouldNeverPauseNorComeFarBelowMinFree() {
        final Random seeds = new Random(seed);
        int ended = 0;
        for (int i = 0; i < 40; i++) {
            final World world = new World(new Random(seeds.nextLong()));
            for (int ms = 0; ms < 400_000; ms += 10) {
                world.step();
            }
            assertTrue(world.dropped > 1, "it is the stream that fills the disk");
            assertTrue(world.leastFree > MIN_FREE / 2, () -> world.leastFree + " free, -Dtandem.seed=" + seed);
            ended += world.ended;
        }
        assertTrue(ended > 80, "files end early");
    }

    /** Steps of 10 ms; looks as {@code SpaceKeeper} makes them. */
    private final class World {
        private final int recordsPerSecond;
        private final long acknowledgedAfterMs;
        private final FreeFall fall = new FreeFall();
        private final List<File> files = new ArrayList<>();
        private final List<Long> lastByStep = new ArrayList<>();
        private long nowNs = 100_000 * 600_000 * MS;
        private long last;
        private long owed;
        private long rolledNs;
        private long lookNs;
        private boolean fileIsToEnd;
        private Before before = Before.NOTHING;
        private long leastFree = DISK;
        private int dropped;
        private int ended;

        World(Random random) {
            recordsPerSecond = 150 + random.nextInt(500);
            acknowledgedAfterMs = 100 + random.nextInt(1_500);
            lookNs = nowNs + random.nextInt(1_000) * MS;
        }

        void step() {
            nowNs += 10 * MS;
            owed += recordsPerSecond * 10L;
            append(owed / 1_000);
            owed %= 1_000;
            lastByStep.add(last);
            leastFree = Math.min(leastFree, free());
            if (nowNs >= lookNs) {
                look();
            }
        }

        private void append(long records) {
            if (records == 0) {
                return;
            }
            final File current = files.isEmpty() ? null : files.get(files.size() - 1);
            final long bytes = records * RECORD_BYTES;
            if (current == null || fileIsToEnd || nowNs - current.firstAtNs() > 600_000 * MS) {
                files.add(new File(files.size(), last + 1, last + records, nowNs, nowNs, bytes, Use.APPENDED_TO));
                rolledNs = nowNs;
                fileIsToEnd = false;
            } else {
                files.set(
                        files.size() - 1,
                        new File(
                                current.cycle(),
                                current.first(),
                                last + records,
                                current.firstAtNs(),
                                nowNs,
                                current.bytes() + bytes,
                                Use.APPENDED_TO));
            }
            last += records;
        }

        private long free() {
            return DISK
                    - 2 * MIB
                    - AHEAD
                    - files.stream().mapToLong(File::bytes).sum();
        }

        private void look() {
            final long free = free();
            fall.saw(nowNs, free);
            final int acknowledged = (int) (lastByStep.size() - 1 - acknowledgedAfterMs / 10);
            final List<File> seen = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                final File file = files.get(i);
                final boolean finished =
                        i < files.size() - 1 && (i < files.size() - 2 || nowNs - rolledNs > SYNC_MS * MS);
                seen.add(new File(
                        file.cycle(),
                        file.first(),
                        file.last(),
                        file.firstAtNs(),
                        file.lastAtNs(),
                        file.bytes(),
                        finished ? Use.FINISHED : Use.APPENDED_TO));
            }
            final List<Holder> holders = List.of(
                    new Holder("east", acknowledged < 0 ? 0 : lastByStep.get(acknowledged), true),
                    new Holder("west", 0, false));
            final SpaceDecision decision = SpacePlan.decide(new SpaceFacts(
                    nowNs,
                    true,
                    free,
                    fall.soonBytes(nowNs),
                    false,
                    MIN_FREE,
                    1_000_000_000 * MS,
                    null,
                    List.of(new Journal("acd1", 1, true, seen, holders)),
                    before));
            assertFalse(
                    decision.pause(),
                    () -> recordsPerSecond + "/s, acknowledged after " + acknowledgedAfterMs + " ms: " + decision.why()
                            + ", -Dtandem.seed=" + seed);
            decision.deletions().forEach(each -> files.remove(0));
            dropped += decision.deletions().size();
            ended += decision.newFile().isEmpty() || fileIsToEnd ? 0 : 1;
            fileIsToEnd |= !decision.newFile().isEmpty();
            before = new Before(
                    decision.state(),
                    !decision.deletions().isEmpty(),
                    false,
                    10 * MIB,
                    decision.state() == DiskState.OK ? Long.MAX_VALUE : 0,
                    decision.state() == DiskState.OK ? Long.MAX_VALUE : 0);
            lookNs = nowNs + (fileIsToEnd || free < MIN_FREE ? 200 * MS : 1_000 * MS);
        }
    }
}
