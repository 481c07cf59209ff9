package org.tandemgw.gateway.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk has to be kept free: bytes pass all the same, and the journal says that it has not got them. */
@Timeout(120)
class NoRoomForRecordsTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path data;

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
