package org.tandemgw.gateway.decision;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.switchover.Event;

/** Not a byte is free: decisions go on, their records wait, and are written when there is room. */
class FullDiskDecisionTest {
    @TempDir
    Path mount;

    @Test
    void shouldGoOnAndWriteWhatWaitedOnceThereIsRoom() throws Exception {
        Assumptions.assumeTrue(
                ChildJvm.canRun("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString()),
                "needs root to mount a tmpfs");
        try (Recorder recorder = new Recorder(mount, Decisions.rules(), "1.0.0")) {
            final DecisionLog log = new DecisionLog(mount);
            tell(recorder, 1_000);
            recorder.opened(Decisions.opened(1), 1_000);
            final Path ballast = fill();

            recorder.closed(Decisions.switched(1), 2_000);
            for (long number = 2; number <= 12; number++) {
                recorder.opened(Decisions.opened(number), 2_000 + number);
                recorder.closed(Decisions.refused(number), 2_000 + number);
            }

            assertNotNull(recorder.trouble());
            assertTrue(recorder.trouble().contains("cannot be written"), recorder.trouble());
            assertTrue(recorder.failedWrites() >= 12, "failed " + recorder.failedWrites());
            assertEquals(Decisions.opened(1), DecisionLog.read(log.file(1)).decision(), "what was there is whole");
            assertEquals(List.of(1L), log.numbers());

            Files.delete(ballast);
            tell(recorder, 2_100 + Recorder.RETRY_MS);
            assertNull(recorder.trouble());
            await().until(() -> log.numbers().equals(List.of(1L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L)));
            assertEquals(Decisions.refused(12), DecisionLog.read(log.file(12)).decision());
        } finally {
            assertTrue(ChildJvm.canRun("umount", "-l", mount.toString()));
        }
    }

    private static void tell(Recorder recorder, long nowMs) {
        recorder.event(new Event.Tick(), nowMs, () -> "{}");
    }

    private Path fill() throws IOException {
        final Path ballast = mount.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException full) {
            assertTrue(full.getMessage().contains("No space left"), full.toString());
        }
        return ballast;
    }
}
