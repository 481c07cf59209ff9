package org.tandemgw.gateway.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
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
        final Random random = new Random(seed);
        final long[] passed = new long[2];
        try (RelayRig rig = new RelayRig(data)) {
            int round = 0;
            while (passed[0] < 100 * MEGABYTE || passed[1] < 100 * MEGABYTE) {
                round++;
                final RelayRig.Wire one = rig.wire(1, seed + 100L * round);
                final RelayRig.Wire two = rig.wire(2, -seed - 100L * round);
                final long most = MEGABYTE + random.nextInt((int) (8 * MEGABYTE));
                for (final RelayRig.Wire wire : new RelayRig.Wire[] {one, two}) {
                    wire.acd().sayUpTo(most);
                    wire.server().sayUpTo(most);
                    final int how = random.nextInt(4);
                    final long cutAt = random.nextInt((int) most);
                    await().atMost(Duration.ofMinutes(2))
                            .until(() ->
                                    wire.server().heard() >= cutAt && wire.acd().heard() >= cutAt / 4);
                    switch (how) {
                        case 0 -> wire.acd().andEnd();
                        case 1 -> wire.server().andEnd();
                        case 2 -> wire.acd().reset();
                        default -> wire.server().reset();
                    }
                    await().atMost(Duration.ofMinutes(2))
                            .until(() -> how % 2 == 0
                                    ? wire.server().heardEnd()
                                    : wire.acd().heardEnd());
                    if (how == 0) {
                        assertEquals(most, wire.server().heard(), said());
                    } else if (how == 1) {
                        assertEquals(most, wire.acd().heard(), said());
                    }
                    assertEquals(-1, wire.server().firstOther(), said());
                    assertEquals(-1, wire.acd().firstOther(), said());
                    passed[0] += wire.server().heard();
                    passed[1] += wire.acd().heard();
                    wire.close();
                }
                await().until(() -> !rig.leg(1).isUp() && !rig.leg(2).isUp());
                await().until(() ->
                        rig.leg(1).serverPeer() == null && rig.leg(2).serverPeer() == null);
            }
            System.out.println("RELAY " + round + " sessions a leg, " + passed[0] + " and " + passed[1] + " bytes");
        }
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
