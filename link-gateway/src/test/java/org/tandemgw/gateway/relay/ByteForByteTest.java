package org.tandemgw.gateway.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;

/** Both ends of both legs talk at the same time, in pieces of any size. */
@Timeout(600)
class ByteForByteTest {
    private static final long MEGABYTE = 1 << 20;

    private final long seed = Chance.seed();

    @TempDir
    private Path data;

    @Test
    void shouldPassFourMegabytesEachWayOnBothLegs() throws Exception {
        try (RelayRig rig = new RelayRig(data)) {
            final RelayRig.Wire one = rig.wire(1, seed);
            final RelayRig.Wire two = rig.wire(2, ~seed);
            talk(one, 4 * MEGABYTE);
            talk(two, 4 * MEGABYTE);
            assertWhole(one, 4 * MEGABYTE);
            assertWhole(two, 4 * MEGABYTE);
            await().until(() -> !rig.leg(1).isUp() && !rig.leg(2).isUp());
            assertEquals(0, rig.journal().gaps(), said() + rig.relay().lastGap());
            for (int direction = 0; direction < 2; direction++) {
                assertEquals(4 * MEGABYTE, rig.assertRecorded(1, direction, seed), said());
                assertEquals(4 * MEGABYTE, rig.assertRecorded(2, direction, ~seed), said());
            }
            assertEquals(4 * MEGABYTE, rig.leg(1).fromAcd().bytes());
            assertEquals(4 * MEGABYTE, rig.leg(2).toAcd().bytes());
            assertTrue(rig.leg(1).fromAcd().largest() <= 65_534, said());
        }
    }

    /** What each session brings is whole up to its end; the ends are random: which end closes, how, and when. */
    @Test
    @Tag("slow")
    void shouldPassAHundredMegabytesEachWayThroughRestartsOfEitherEnd() throws Exception {
        restartEitherEnd(100 * MEGABYTE, 8 * MEGABYTE);
    }

    @Test
    void shouldPassTwoMegabytesEachWayThroughRestartsOfEitherEnd() throws Exception {
        restartEitherEnd(2 * MEGABYTE, MEGABYTE / 2);
    }

    private void restartEitherEnd(long bytes, long longest) throws Exception {
        final Random random = new Random(seed);
        final long[] passed = new long[2];
        final List<List<RelayRig.Said>> recorded = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            recorded.add(new ArrayList<>());
        }
        try (RelayRig rig = new RelayRig(data)) {
            int round = 0;
            while (passed[0] < bytes || passed[1] < bytes) {
                round++;
                final long[] seeds = {seed + 100L * round, -seed - 100L * round};
                final RelayRig.Wire one = rig.wire(1, seeds[0]);
                final RelayRig.Wire two = rig.wire(2, seeds[1]);
                final long[] before = passed(rig);
                final long[] heard = new long[4];
                final long most = longest / 8 + random.nextInt((int) longest);
                for (int leg = 1; leg <= 2; leg++) {
                    final RelayRig.Wire wire = leg == 1 ? one : two;
                    talkAndEnd(wire, most, random);
                    heard[2 * leg - 2] = wire.server().heard();
                    heard[2 * leg - 1] = wire.acd().heard();
                    passed[0] += wire.server().heard();
                    passed[1] += wire.acd().heard();
                    wire.close();
                }
                await().until(() -> !rig.leg(1).isUp() && !rig.leg(2).isUp());
                await().until(() ->
                        rig.leg(1).serverPeer() == null && rig.leg(2).serverPeer() == null);
                final long[] after = passed(rig);
                for (int i = 0; i < 4; i++) {
                    final long length = after[i] - before[i];
                    assertTrue(heard[i] <= length && length <= most, heard[i] + " of " + length + ", " + said());
                    recorded.get(i).add(new RelayRig.Said(seeds[i / 2] + (i % 2 == 0 ? -1 : 1), length));
                }
            }
            for (int i = 0; i < 4; i++) {
                rig.assertRecorded(1 + i / 2, i % 2, recorded.get(i), said());
            }
            System.out.println("RELAY " + round + " sessions a leg, " + passed[0] + " and " + passed[1] + " bytes");
        }
    }

    /** How much has passed: on leg 1 from the ACD and to it, then the same on leg 2. */
    private static long[] passed(RelayRig rig) {
        return new long[] {
            rig.leg(1).fromAcd().bytes(),
            rig.leg(1).toAcd().bytes(),
            rig.leg(2).fromAcd().bytes(),
            rig.leg(2).toAcd().bytes()
        };
    }

    private void talkAndEnd(RelayRig.Wire wire, long most, Random random) throws Exception {
        wire.acd().sayUpTo(most);
        wire.server().sayUpTo(most);
        final int how = random.nextInt(4);
        final long cutAt = random.nextInt((int) most);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> wire.server().heard() >= cutAt && wire.acd().heard() >= cutAt / 4);
        switch (how) {
            case 0 -> wire.acd().andEnd();
            case 1 -> wire.server().andEnd();
            case 2 -> wire.acd().reset();
            default -> wire.server().reset();
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        how % 2 == 0 ? wire.server().heardEnd() : wire.acd().heardEnd());
        if (how == 0) {
            assertEquals(most, wire.server().heard(), said());
        } else if (how == 1) {
            assertEquals(most, wire.acd().heard(), said());
        }
        assertEquals(-1, wire.server().firstOther(), said());
        assertEquals(-1, wire.acd().firstOther(), said());
    }

    private static void talk(RelayRig.Wire wire, long bytes) {
        wire.server().sayUpTo(bytes).andEnd();
        wire.acd().sayUpTo(bytes).andEnd();
    }

    private void assertWhole(RelayRig.Wire wire, long bytes) throws Exception {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> wire.server().heardEnd() && wire.acd().heardEnd());
        assertEquals(bytes, wire.server().heard(), said());
        assertEquals(bytes, wire.acd().heard(), said());
        assertEquals(-1, wire.server().firstOther(), said());
        assertEquals(-1, wire.acd().firstOther(), said());
        wire.close();
    }

    private String said() {
        return "-Dtandem.seed=" + seed;
    }
}
