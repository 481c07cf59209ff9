package org.tandemgw.abswitch.link;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.SelectOrder;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.TrunkSwitch;
import org.tandemgw.abswitch.emulator.BoxModel;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.abswitch.matrix.Trunks;

/** A trunk switch on a real pair of pseudo-terminals whose cable is pulled in mid-command, disturbed, and put back. */
@Timeout(600)
class PulledCableTest {
    @TempDir
    private Path folder;

    @Test
    void shouldKnowNothingWhileItIsPulledAndAllAfterwards() throws Exception {
        assumeTrue(SocatPair.available(), "needs socat");
        try (SocatPair cable = new SocatPair(folder);
                SwitchEmulator box = new SwitchEmulator(BoxModel.K16, 0, 1, 7)) {
            box.useLine(cable.box);
            final SerialPath path = new SerialPath(
                    new SerialSettings(
                            cable.ours.toString(), 9600, 8, SerialSettings.Parity.NONE, 1, SerialSettings.Flow.NONE),
                    folder.resolve("native"));
            try (TrunkSwitch trunks = Trunks.start(path)) {
                untilWell(trunks);
                assertEquals("ok", box.command("slow 7 600000"));
                final CompletableFuture<Selected> selecting = select(trunks, "B", 1);
                await().atMost(Told.LONG).until(() -> box.command("state").contains("7 B accepted"));
                cable.unplug();
                final CardResult lost =
                        selecting.get(60, TimeUnit.SECONDS).cards().get(0);
                assertEquals(CardOutcome.UNKNOWN, lost.outcome(), lost.detail());
                assertTrue(lost.commanded(), "it may have arrived");

                idleWhilePulled(trunks);

                assertEquals("ok", box.command("slow 7 15"));
                assertEquals("ok", box.command("power keep 1"));
                cable.plug();
                untilWell(trunks);
                box.command("noise 3000");
                final Selected moved = select(trunks, "B", 2).get(60, TimeUnit.SECONDS);
                assertEquals(Overall.OK, moved.overall(), moved.toString());
                assertTrue(box.command("state").contains("\"positions\":\"------B"), box.command("state"));
            }
        }
    }

    /** Ten looks at a line that is not there: a bounded number of events, and next to no processor time. */
    private static void idleWhilePulled(TrunkSwitch trunks) throws Exception {
        final long usedAtFirstNs = usedNs();
        final long beganNs = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            assertFalse(trunks.query().get(60, TimeUnit.SECONDS).complete());
        }
        await().atMost(Told.LONG).until(() -> System.nanoTime() - beganNs > TimeUnit.SECONDS.toNanos(1));
        final long usedNs = usedNs() - usedAtFirstNs;
        final long tookNs = System.nanoTime() - beganNs;
        assertTrue(usedNs < tookNs / 4, "busy for " + usedNs + " ns of " + tookNs + " ns");
    }

    private static long usedNs() {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(each -> each.getThreadName().startsWith("serial-")
                        || each.getThreadName().startsWith("switch-"))
                .mapToLong(each -> Math.max(0, threads.getThreadCpuTime(each.getThreadId())))
                .sum();
    }

    private static void untilWell(TrunkSwitch trunks) {
        await().atMost(Duration.ofSeconds(60)).until(() -> trunks.query().get().complete());
    }

    private static CompletableFuture<Selected> select(TrunkSwitch trunks, String position, long epoch) {
        return trunks.select(
                new SelectOrder(position, List.of(7), epoch, false, true, false, "the test", "a pulled cable"));
    }
}
