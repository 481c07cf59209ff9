package org.tandemgw.gateway.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.ChildJvm;

/** The disk has to be kept free: bytes pass all the same, and the journal says that it has not got them. */
@Timeout(300)
class NoRoomForRecordsTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path data;

    /** A full disk is no reason to stop a link that does not need it. */
    @Test
    void shouldPassEverythingWhileTheDiskIsFull() throws Exception {
        Assumptions.assumeTrue(
                ChildJvm.canRun("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", data.toString()),
                "needs root to mount a tmpfs");
        final Path ballast = data.resolve("ballast");
        try (RelayRig rig = new RelayRig(data);
                RelayRig.Wire wire = rig.wire(1, 5)) {
            wire.acd().sayUpTo(1_000);
            await().until(() -> wire.server().heard() == 1_000);
            fill(ballast);
            wire.acd().sayUpTo(12L * MEGABYTE);
            wire.server().sayUpTo(MEGABYTE);
            await().until(() ->
                    wire.server().heard() == 12L * MEGABYTE && wire.acd().heard() == MEGABYTE);
            assertTrue(rig.leg(1).unrecordedBytes() > 0, "the disk had room for all of it");
            assertNotNull(rig.relay().outOfRoom());
            assertEquals("", rig.relay().fault());

            Files.delete(ballast);
            await().until(() -> rig.relay().outOfRoom() == null);
            wire.acd().sayUpTo(12L * MEGABYTE + 1_000);
            await().until(() -> wire.server().heard() == 12L * MEGABYTE + 1_000);
            assertEquals(-1, wire.server().firstOther());
            assertEquals(-1, wire.acd().firstOther());
            final long[] recorded = new long[1];
            rig.each(record -> recorded[0] += record.leg() == 1 ? record.length() : 0);
            assertEquals(13L * MEGABYTE + 1_000, recorded[0] + rig.leg(1).unrecordedBytes());
            assertTrue(rig.journal().gaps() > 0);
        } finally {
            ChildJvm.canRun("umount", "-l", data.toString());
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            final byte[] block = new byte[64 << 10];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("No space"), e.getMessage());
        }
    }

    @Test
    void shouldPassWhatItCannotPutDownAndSaySoOnceThereIsRoom() throws Exception {
        try (RelayRig rig = new RelayRig(data);
                RelayRig.Wire wire = rig.wire(1, 5)) {
            wire.acd().sayUpTo(1_000);
            await().until(() -> wire.server().heard() == 1_000);
            rig.relay().pauseForSpace("the disk has to be kept free");
            await().until(() -> rig.relay().outOfRoom() != null);
            final long last = rig.journal().last();
            wire.acd().sayUpTo(MEGABYTE + 1_000);
            wire.server().sayUpTo(500);
            await().until(() ->
                    wire.server().heard() == MEGABYTE + 1_000 && wire.acd().heard() == 500);
            assertEquals(last, rig.journal().last());
            assertEquals(MEGABYTE + 500, rig.leg(1).unrecordedBytes());
            assertNotNull(rig.relay().outOfRoom());

            rig.relay().resumeFromSpace();
            await().until(() -> rig.journal().gaps() == 1);
            assertNull(rig.relay().outOfRoom());
            final String gap = rig.notes().get(0);
            assertTrue(gap.contains(MEGABYTE + " bytes from the ACD and 500 towards it"), gap);
            assertTrue(gap.contains("\"legs\":[1]"), gap);
            wire.acd().sayUpTo(MEGABYTE + 2_000);
            await().until(() -> wire.server().heard() == MEGABYTE + 2_000);
            final long[] recorded = new long[1];
            rig.each(record -> recorded[0] += record.leg() == 1 ? record.length() : 0);
            assertEquals(2_000, recorded[0]);
            assertEquals(-1, wire.server().firstOther());
        }
    }
}
