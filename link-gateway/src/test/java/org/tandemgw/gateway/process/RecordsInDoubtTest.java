package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.StoredJournal;
import org.tandemgw.gateway.time.SystemClock;

/** Records of which something cannot be proved, or that the machine lost with its power: the alarms about them stand until both legs have been whole for a while. */
@Timeout(600)
class RecordsInDoubtTest {
    private static final Duration LONG = Duration.ofSeconds(180);
    private static final int MOST_KILLS = 10;

    @TempDir
    private Path folder;

    @Test
    void shouldTellOfFramesWithoutAPlaceAndOfATornEndUntilBothLegsAreWhole() throws Exception {
        assumeTrue(ChildJvm.canRun("unshare", "-m", "true"), "needs root to mount");
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 1).traffic(1_000, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(300), new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (Site.Running running = site.runUnder(boot("boot-1"))) {
                awaitBothUp(site, acd);
                // A line that makes noise, which looks like a frame, and comes late: nobody can say where it belongs.
                acd.leg(2).lag(200);
                await().atMost(LONG).until(() -> {
                    acd.leg(2).garbage(40);
                    return site.alarms().contains("discontinuity acd1");
                });
                acd.leg(2).lag(0);
                running.kill();
            }
            for (int kills = 1; !tearTheEnd(site); kills++) {
                assertTrue(kills < MOST_KILLS, "all was synced each time");
                try (Site.Running running = site.runUnder(boot("boot-1"))) {
                    awaitBothUp(site, acd);
                    running.kill();
                }
            }
            try (Site.Running running = site.runUnder(boot("boot-2"))) {
                await().atMost(LONG).until(() -> site.alarms()
                        .containsAll(List.of("tailCut acd1", "gap acd1", "discontinuity acd1")));
                awaitBothUp(site, acd);
                await().atMost(LONG).until(() -> site.alarms().stream()
                        .noneMatch(List.of("tailCut acd1", "gap acd1", "discontinuity acd1")::contains));
                assertEquals(1, site.acd().get("generation"));
                assertEquals(0, running.terminate());
            }
        }
    }

    /** What a power loss leaves: the last record, which was not synced yet, is there in part. False: all of it was synced. */
    private static boolean tearTheEnd(Site site) throws IOException {
        final Path journal = JournalFiles.directory(site.data(), "acd1", 1);
        final JournalRecord record = new JournalRecord();
        try (StoredJournal stored = StoredJournal.open(journal);
                JournalReader reader = stored.newReader()) {
            if (ControlFile.read(site.data()).state().acd("acd1").proved() >= stored.last()) {
                return false;
            }
            assertTrue(reader.seek(stored.last()) && reader.next(record));
        }
        final String frame = new String(record.bytes(), 0, record.length(), StandardCharsets.ISO_8859_1);
        try (Stream<Path> all = Files.list(journal)) {
            final Path newest = all.filter(path -> path.toString().endsWith(".cq4"))
                    .max(Path::compareTo)
                    .orElseThrow();
            final int at = new String(Files.readAllBytes(newest), StandardCharsets.ISO_8859_1).lastIndexOf(frame);
            assertTrue(at > 0, "the last record is in the newest file");
            try (RandomAccessFile bytes = new RandomAccessFile(newest.toFile(), "rw")) {
                bytes.seek(at + frame.length() / 2);
                bytes.write(new byte[frame.length() - frame.length() / 2]);
            }
        }
        return true;
    }

    private static void awaitBothUp(Site site, AcdSimulator acd) {
        acd.resume();
        await().atMost(LONG).until(() -> site.legStates().equals(List.of("up", "up")));
        await().atMost(LONG).until(() -> ((Number) site.acd().get("sequence")).longValue() > 300);
    }

    /** Starts what follows where the kernel tells another boot. */
    private List<String> boot(String id) throws Exception {
        final Path file = Files.writeString(folder.resolve(id), id + "\n");
        return List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind " + file + " /proc/sys/kernel/random/boot_id && exec \"$@\"",
                "sh");
    }
}
