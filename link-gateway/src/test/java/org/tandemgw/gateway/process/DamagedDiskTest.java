package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.LinkJournal;

/** A real {@code tandem run} on a data folder that the disk has damaged: it goes on and says so. */
@Timeout(600)
class DamagedDiskTest {
    @TempDir
    private Path folder;

    @Test
    void shouldStartSetTheFileAsideAndRaiseAnAlarmThatNamesIt() throws Exception {
        final Site site = new Site(folder, "opaque-line", 1, 2);
        final long atNs = (System.currentTimeMillis() - 3_600_000) * 1_000_000;
        try (Site.Running running = site.run()) {
            assertEquals(
                    0, running.terminate(), "a run before: without its control file all would be a new generation");
        }
        try (LinkJournal journal = LinkJournal.open(site.data(), "acd1")) {
            for (int n = 1; n <= 500; n++) {
                final byte[] frame = ("FRAME " + n + "\n").getBytes(StandardCharsets.UTF_8);
                journal.appendFrame(1, 0, atNs, -1, frame, 0, frame.length);
            }
            journal.endOfBatch();
        }
        final Path file = rollFile(site);
        final long at = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf("FRAME 321\n");
        flip(file, at);
        flip(file, 3);
        try (Site.Running running = site.run()) {
            await().until(() -> site.alarms().contains("journalFault acd1"));
            final String text = journalFault(site);
            assertTrue(text.contains("set aside and still read: " + file.getFileName()), text);
            assertTrue(Files.exists(file.resolveSibling("quarantine").resolve(file.getFileName())));
            final Site.Ended verify =
                    site.tandem("journal", "verify", "acd1", "-c", site.file().toString());
            assertEquals(1, verify.status(), verify.out() + verify.err());
            assertTrue(verify.out().contains("record 321: bytes do not match their checksum"), verify.out());
            assertEquals(0, running.terminate());
        }
    }

    @SuppressWarnings("unchecked")
    private static String journalFault(Site site) throws IOException {
        return ((List<Map<String, Object>>) site.status().get("alarms"))
                .stream()
                        .filter(alarm -> alarm.get("name").equals("journalFault"))
                        .map(alarm -> (String) alarm.get("text"))
                        .findFirst()
                        .orElseThrow();
    }

    private static Path rollFile(Site site) throws IOException {
        try (Stream<Path> all = Files.list(site.data().resolve("journal/acd1/1"))) {
            return all.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            final int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 0x10);
        }
    }
}
