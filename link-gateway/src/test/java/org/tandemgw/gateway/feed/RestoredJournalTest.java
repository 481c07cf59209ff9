package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.JournalBuilder;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordImage;
import org.tandemgw.gateway.journal.StoredJournal;

/** A generation that begins at 1,500, as a restore of a part of a backup makes it. */
class RestoredJournalTest {
    private static final int FIRST = 1_500;
    private static final int LAST = 2_600;

    @TempDir
    Path data;

    private String digest;

    @BeforeEach
    void restore() throws IOException {
        try (FeedRig rig = new FeedRig(data, "acd1")) {
            rig.append(LAST);
            digest = rig.journal().digest(2_000);
        }
        final JournalRecord record = new JournalRecord();
        final RecordImage image = new RecordImage();
        try (StoredJournal original = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                JournalReader reader = original.newReader();
                JournalBuilder builder =
                        new JournalBuilder(Files.createDirectories(JournalFiles.directory(data, "acd1", 2)))) {
            assertTrue(reader.seek(FIRST));
            while (reader.next(record)) {
                image.take(record, 0);
                builder.append(image);
                if (image.sequence() % 1_000 == 0) {
                    builder.digest(image.sequence(), original.digestEntry(image.sequence()));
                }
            }
            builder.finish();
        }
    }

    @Test
    void shouldServeItFromItsFirstRecord() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start()) {
            assertEquals(
                    List.of(1_500L, 2_600L),
                    List.of(rig.journal().oldest(), rig.journal().last()));
            assertEquals(digest, rig.journal().digest(2_000));
            try (Received server = rig.receive("acd1.2", 1)) {
                assertEquals(new SoupClient.Login(true, "acd1.2", FIRST, ' ', List.of()), server.login);
                server.awaitLast(LAST);
                rig.append(500);
                server.awaitLast(LAST + 500);
            }
            assertFalse(rig.journal().digest(3_000) == null, "the chain goes on");
        }
    }

    @Test
    void shouldLetAServerGoOnThatHasWhatWasBeforeIt() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start()) {
            try (Received server = rig.receive("acd1.2", 2_001)) {
                assertTrue(server.login.accepted());
                server.awaitLast(LAST);
                server.client.have(2_001, digest);
                FeedRig.await().until(() -> rig.feed().confirmed() == 2_001);
            }
            assertEquals(0, rig.events.count("serverDiffers"), "its digest of the old generation is the new one's");
            try (Received tooEarly = rig.receive("acd1.2", FIRST - 1)) {
                assertFalse(tooEarly.login.accepted());
            }
            try (Received old = rig.receive("acd1", 2_001)) {
                assertFalse(old.login.accepted());
            }
        }
    }
}
