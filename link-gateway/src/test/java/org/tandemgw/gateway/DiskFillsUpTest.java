package org.tandemgw.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.config.JournalConfig;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.DiskState;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.SystemClock;

/** A small disk that is filled by the journal, or by somebody else, while servers are there or away. */
@Timeout(600)
class DiskFillsUpTest {
    @TempDir
    Path mount;

    @Test
    void shouldKeepTheLegsRunningWhateverADeadServerMisses() throws Exception {
        try (DiskRig rig = new DiskRig(mount, Map.of("cms-west", 0L));
                SoupClient east = SoupClient.connect(rig.address("cms-east"), 30_000)) {
            final AtomicLong got = new AtomicLong();
            final AtomicReference<String> wrong = new AtomicReference<>();
            east.login("east", "secret", "", 1, 30_000, (sequence, frame, bytes, offset, length) -> {
                if (sequence != got.incrementAndGet() || ByteBuffer.wrap(bytes).getLong(offset) != sequence) {
                    wrong.compareAndSet(null, "record " + sequence + " where " + got + " was due");
                }
            });
            for (int i = 0; i < 40; i++) {
                rig.file(4);
                while (got.get() < rig.journal.last() && east.poll(50)) {
                    // Everything happens in the call back.
                }
                rig.look();
                final int round = i;
                assertTrue(rig.freeBytes() > 8 << 20, () -> rig.freeBytes() + " free in round " + round);
            }
            assertNull(wrong.get());
            assertEquals(40 << 12, got.get());
            assertEquals(List.of(), rig.legs);
            assertTrue(rig.journal.oldest() > 20 << 12, () -> "oldest is " + rig.journal.oldest());
            assertEquals(DiskState.CRITICAL, rig.keeper().disk().state());
            final String why = rig.keeper().disk().why();
            assertTrue(why.contains("lost to cms-west"), why);
            assertEquals(0, rig.feed("cms-west").hold());
            rig.stop();
            rig.start();
            assertTrue(rig.journal.oldest() > 20 << 12, "what is gone stays gone");
            assertEquals(40 << 12, rig.journal.last());
        }
    }

    @Test
    void shouldKeepTheLegsRunningForTheServerThatHasAllWithinOneTenMinutes() throws Exception {
        try (DiskRig rig = new DiskRig(mount, Map.of("cms-east", 1L << 40, "cms-west", 0L))) {
            rig.active.set("cms-east");
            boolean critical = false;
            for (int i = 0; i < 25; i++) {
                rig.append(4 << 10);
                final int round = i;
                for (int look = 0; look < 3; look++) { // six seconds each: 25 rounds take less than ten minutes
                    rig.look();
                    critical |= rig.keeper().disk().state() == DiskState.CRITICAL;
                }
                assertFalse(rig.legs.contains("pause"), () -> rig.legs + " in round " + round);
                assertTrue(rig.freeBytes() > 4 << 20, () -> rig.freeBytes() + " free in round " + round);
            }
            assertFalse(rig.ended.isEmpty(), "files ended before their time");
            assertTrue(rig.journal.oldest() > 8 << 12, () -> "oldest is " + rig.journal.oldest());
            assertTrue(critical, "records went that a server misses");
        }
    }

    @Test
    void shouldDeleteWhatAPowerLossMadeVoidBeforeAnythingElse() throws Exception {
        try (DiskRig rig = new DiskRig(mount, Map.of("cms-east", 1L << 40, "cms-west", 1L << 40))) {
            rig.file(4);
            rig.file(4);
            final Path folder = Files.createDirectories(
                    JournalFiles.directory(mount, "acd1", 1).resolve("cut"));
            final Path old = rig.foreign(
                    mount.relativize(folder.resolve("20261121-0800X.cq4")).toString(), 20);
            final Path later = folder.resolve("20261121-2300X.cq4");
            Files.writeString(later, "its name might be used again, as nothing is behind it");
            rig.look();
            assertTrue(Files.exists(old));
            rig.foreign("ballast", (int) (rig.freeBytes() - DiskRig.MIN_FREE >> 20) + 1);
            assertTrue(rig.freeBytes() < DiskRig.MIN_FREE);
            rig.look();
            assertFalse(Files.exists(old));
            assertTrue(Files.exists(later));
            assertEquals(1, rig.journal.oldest(), "that was enough");
            assertEquals(List.of(), rig.legs);
        }
    }

    @Test
    void shouldDeleteWhatAPowerLossMadeVoidWhenItIsOlderThanTheRetention() throws Exception {
        try (DiskRig rig = new DiskRig(mount, Map.of("cms-west", 0L))) {
            rig.file(1);
            rig.file(1);
            final Path folder = Files.createDirectories(
                    JournalFiles.directory(mount, "acd1", 1).resolve("cut"));
            final Path file = Files.writeString(folder.resolve("20261121-0800X.cq4"), "void");
            rig.forward(Duration.ofDays(13));
            rig.look();
            assertTrue(Files.exists(file));
            rig.forward(Duration.ofDays(1));
            rig.clockTrusted = false;
            rig.look();
            assertTrue(Files.exists(file), "who knows how old it is");
            rig.clockTrusted = true;
            rig.look();
            assertFalse(Files.exists(file));
        }
    }

    @Test
    void shouldDropOnlyWhatBothHaveAsLongAsThatIsEnough() throws Exception {
        try (DiskRig rig = new DiskRig(mount, Map.of("cms-east", 1L << 40, "cms-west", 20_000L))) {
            for (int i = 0; i < 11; i++) {
                rig.file(4);
            }
            assertTrue(rig.freeBytes() > DiskRig.MIN_FREE);
            rig.look();
            assertEquals(1, rig.journal.oldest());
            assertEquals(DiskState.OK, rig.keeper().disk().state());
            rig.file(4);
            rig.look();
            assertEquals(DiskState.LOW, rig.keeper().disk().state());
            DiskRig.await().until(() -> rig.freeBytes() > DiskRig.MIN_FREE);
            final GatewayStatus.Disk disk = rig.keeper().disk();
            assertTrue(disk.why().startsWith(Amounts.bytes(disk.freeBytes()) + " free, "), disk.why());
            assertTrue(rig.journal.oldest() > 4_000 && rig.journal.oldest() <= 20_001, "west has 20,000");
            DiskRig.await().until(() -> rig.freeBytes() > DiskRig.MIN_FREE);
            assertEquals(List.of(), rig.legs);
        }
    }

    @Test
    void shouldPauseWhenBothAreAwayAndEverythingIsYoungAndGoOnWhenTimeHasPassed() throws Exception {
        try (DiskRig rig = new DiskRig(mount, Map.of("cms-east", 0L, "cms-west", 0L))) {
            rig.append(30 << 10);
            rig.forward(Duration.ofMinutes(9));
            rig.look();
            assertEquals(List.of(), rig.legs);
            rig.append(18 << 10);
            rig.look();
            assertEquals(List.of("pause"), rig.legs, "the file is appended to, or nine minutes old");
            assertEquals(DiskState.PAUSED, rig.keeper().disk().state());
            rig.forward(Duration.ofMinutes(11));
            rig.look();
            assertEquals(List.of("acd1"), rig.ended, "the next record would begin a new file, if one came");
            rig.look();
            assertEquals(List.of("pause", "new file of acd1"), rig.legs.subList(0, 2));
            rig.look();
            DiskRig.await().until(() -> rig.freeBytes() > DiskRig.MIN_FREE);
            for (int i = 0; i < 3; i++) {
                rig.look();
            }
            assertEquals("resume", rig.legs.get(rig.legs.size() - 1), rig.legs::toString);
            assertEquals(rig.journal.last(), rig.journal.oldest(), "the mark that began the new file is left");
        }
    }

    @Test
    void shouldDeleteNothingAndSaySoWhereTheFileSystemDoesNotAnswer() {
        final Path gone = mount.resolve("gone");
        try (SpaceKeeper keeper = new SpaceKeeper(
                gone,
                new JournalConfig(JournalConfig.Sync.GROUP, Duration.ofDays(14), DiskRig.MIN_FREE),
                new StoredFiles(gone, List.of(), List::of, acd -> List.of()),
                () -> null,
                () -> false,
                () -> true,
                new SystemClock(),
                new SpaceLegs(List.of()),
                () -> {})) {
            keeper.start();
            DiskRig.await().until(() -> keeper.disk().state() == DiskState.LOW);
            assertTrue(
                    keeper.disk().why().contains("does not say how much is free"),
                    keeper.disk().why());
        }
    }

    @Test
    void shouldPauseForSomebodyElsesFilesAndResumeWhenTheyAreGone() throws Exception {
        try (DiskRig rig = new DiskRig(mount, Map.of("cms-west", 0L))) {
            rig.append(1_000);
            rig.look();
            assertEquals(DiskState.OK, rig.keeper().disk().state());
            final Path foreign = rig.foreign("ballast", 60);
            rig.keeper().look();
            assertEquals(List.of("pause"), rig.legs);
            assertTrue(
                    rig.keeper().disk().why().contains("the legs are paused"),
                    rig.keeper().disk().why());
            rig.keeper().look();
            assertEquals(List.of("pause"), rig.legs);
            Files.delete(foreign);
            rig.keeper().look();
            assertEquals(List.of("pause", "resume"), rig.legs);
            assertEquals(DiskState.OK, rig.keeper().disk().state());
            assertEquals(1, rig.journal.oldest());
        }
    }

    @Test
    void shouldDeleteByRetentionOnceTheClockIsTrusted() throws Exception {
        try (DiskRig rig = new DiskRig(mount, Map.of("cms-east", 1L << 40, "cms-west", 2_048L))) {
            for (int i = 0; i < 4; i++) {
                rig.file(1);
            }
            rig.forward(Duration.ofDays(15));
            rig.clockTrusted = false;
            rig.look();
            assertEquals(1, rig.journal.oldest());
            rig.clockTrusted = true;
            assertEquals(0, rig.holdsWritten);
            rig.look();
            assertEquals(1, rig.holdsWritten, "before anything goes because a server has it");
            assertEquals(2_049, rig.journal.oldest(), "the rest is held for west");
            assertEquals(DiskState.OK, rig.keeper().disk().state());
            assertTrue(rig.keeper().disk().why().contains("older than the retention"));
        }
    }

    @Test
    void shouldGiveUpOlderGenerationsFirst() throws Exception {
        try (DiskRig rig = new DiskRig(mount, Map.of("cms-west", 0L))) {
            for (int i = 0; i < 3; i++) {
                rig.file(4);
            }
            rig.stop();
            Files.createDirectories(JournalFiles.directory(rig.data, "acd1", 2));
            rig.start();
            assertEquals(2, rig.journal.generation());
            rig.file(1);
            rig.file(1);
            rig.foreign("ballast", 41);
            for (int i = 0; i < 4; i++) {
                rig.look();
            }
            assertFalse(Files.exists(JournalFiles.directory(rig.data, "acd1", 1)), "with its folder");
            assertEquals(1, rig.journal.oldest());
            assertEquals(List.of(), rig.legs);
        }
    }

    @Test
    void shouldMakeRoomWhenItIsRefusedAndMeasureTheJournals() throws Exception {
        try (DiskRig rig = new DiskRig(mount, Map.of())) {
            for (int i = 0; i < 3; i++) {
                rig.file(2);
            }
            rig.keeper().start();
            DiskRig.await().until(() -> rig.keeper().disk().journalBytes() > 6 << 20);
            assertEquals(1, rig.journal.oldest());
            rig.noRoom = true;
            DiskRig.await().until(() -> rig.journal.oldest() > 1);
        }
    }
}
