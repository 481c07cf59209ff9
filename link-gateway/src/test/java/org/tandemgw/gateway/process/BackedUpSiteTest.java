package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.time.SystemClock;

/** A site is backed up while the ACD talks, loses its disk, and comes back from the backups: row A14. */
@Timeout(600)
class BackedUpSiteTest {
    @TempDir
    private Path folder;

    private Site site;
    private String shelf;

    @Test
    void shouldComeBackFromBackupsMadeUnderLoad() throws Exception {
        shelf = Files.createDirectory(folder.resolve("shelf")).toString();
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 7).traffic(3_000, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(80), new SystemClock())) {
            site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            long synced;
            try (Site.Running running = site.run()) {
                await().until(() -> site.legStates().equals(List.of("up", "up")));
                acd.resume();
                awaitSequence(1_500);
                backup();
                awaitSequence(sequence() + 1_500);
                backup("--incremental");
                final Site.Ended refused = site.tandem("journal", "restore", "acd1", "--from", shelf, "--yes");
                assertEquals(1, refused.status(), refused.err());
                assertTrue(refused.err().contains("process " + running.process().pid()), refused.err());
                synced = ((Number) site.acd().get("synced")).longValue();
                running.kill();
            }
            acd.stop();
            backup("--incremental");
            final Site.Ended listed = site.tandem("journal", "backups", shelf, "--json");
            assertEquals(0, listed.status(), listed.err());
            assertEquals(3, JSON.std.listFrom(listed.out()).size(), listed.out());

            final long last = restore(2);
            assertTrue(last >= synced, last + " < " + synced);
            final String original = cat(1, last);
            assertEquals(original, cat(2, last), "on the same machine, beside the old generation");
            Files.move(site.data(), folder.resolve("broken-disk"));
            Files.createDirectory(site.data());
            assertEquals(last, restore(2));
            assertEquals(original, cat(2, last), "on a new one");

            acd.resume();
            try (Site.Running running = site.run()) {
                awaitSequence(last + 100);
                assertEquals(2, site.acd().get("generation"));
                servers(original, last);
                assertEquals(0, running.terminate());
            }
        }
    }

    /** The old session is over; the new one has everything from 1, then what happened: a mark, a gap, live data. */
    private void servers(String original, long last) throws IOException {
        final InetSocketAddress east = new InetSocketAddress("127.0.0.1", site.eastPort());
        try (SoupClient old = SoupClient.connect(east, 30_000)) {
            final SoupClient.Login login =
                    old.login("east", Site.PASSWORD, "acd1", last, 30_000, (n, frame, bytes, at, length) -> {});
            assertFalse(login.accepted());
            assertTrue(login.debug().toString().contains("the present one is acd1.2"), login.toString());
        }
        final List<String> got = new ArrayList<>();
        try (SoupClient client = SoupClient.connect(east, 30_000)) {
            final SoupClient.Login login = client.login(
                    "east",
                    Site.PASSWORD,
                    "acd1.2",
                    1,
                    30_000,
                    (n, frame, bytes, at, length) -> got.add(
                            frame
                                    ? Base64.getEncoder()
                                            .encodeToString(java.util.Arrays.copyOfRange(bytes, at, at + length))
                                    : new String(bytes, at, length, StandardCharsets.UTF_8)));
            assertTrue(login.accepted(), login.toString());
            while (got.size() < last + 50) {
                assertTrue(client.poll(1_000));
            }
        }
        final List<String> lines = original.lines().toList();
        for (int i = 0; i < last; i++) {
            final Map<String, Object> record = JSON.std.mapFrom(lines.get(i));
            assertEquals("frame".equals(record.get("kind")) ? record.get("bytes") : lines.get(i), got.get(i));
        }
        final Map<String, Object> mark = JSON.std.mapFrom(got.get((int) last));
        assertEquals("source", mark.get("mark"));
        final Map<String, Object> gap = JSON.std.mapFrom(got.get((int) last + 1));
        assertEquals("gap", gap.get("kind"), gap.toString());
        final Map<String, Object> lastRestored = JSON.std.mapFrom(lines.get((int) last - 1));
        assertEquals(lastRestored.get("at"), gap.get("from"), "everything behind the backup is missing");
    }

    private void backup(String... more) throws Exception {
        final List<String> words = new ArrayList<>(List.of("journal", "backup", "--to", shelf, "--json"));
        words.addAll(List.of(more));
        final Site.Ended ended = site.tandem(words.toArray(String[]::new));
        assertEquals(0, ended.status(), ended.err());
    }

    private long restore(int generation) throws Exception {
        final Site.Ended ended =
                site.tandem("journal", "restore", "acd1", "--from", shelf, "--yes", "--json", "--reason", "test");
        assertEquals(0, ended.status(), ended.err());
        final Map<String, Object> note = JSON.std.mapFrom(
                JSON.std.asString(JSON.std.listFrom(ended.out()).get(0)));
        assertEquals(generation, note.get("generation"));
        assertEquals(1, note.get("first"));
        assertEquals(3, ((List<?>) note.get("files")).size());
        return ((Number) note.get("last")).longValue();
    }

    private String cat(int generation, long to) throws Exception {
        final Site.Ended ended =
                site.tandem("journal", "cat", "acd1", "--generation", "" + generation, "--to", "" + to, "--json");
        assertEquals(0, ended.status(), ended.err());
        return ended.out();
    }

    private long sequence() throws IOException {
        return ((Number) site.acd().get("sequence")).longValue();
    }

    private void awaitSequence(long sequence) {
        await().until(() -> sequence() >= sequence);
    }
}
