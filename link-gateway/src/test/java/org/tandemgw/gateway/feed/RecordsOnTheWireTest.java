package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;

/** What goes in as a record comes out as the same record, whatever its bytes are. */
@Tag("chance")
class RecordsOnTheWireTest {
    private static final int LONGEST = 65_534;

    @TempDir
    Path data;

    @Test
    void shouldGiveBackFramesOfNulsAndBracesOfEveryLength() throws Exception {
        final Seed seed = new Seed();
        final Random random = seed.random();
        final List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            frames.add(frame(random, i % 100 == 0 ? random.nextInt(LONGEST) : random.nextInt(12)));
        }
        frames.add(new byte[LONGEST]);
        final byte[] longestEscaped = new byte[LONGEST - 1];
        longestEscaped[LONGEST - 2] = '{';
        frames.add(longestEscaped);
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                Received server = rig.receive("", 1)) {
            frames.forEach(rig::frame);
            rig.journal().endOfBatch();
            server.awaitLast(frames.size());
            for (int i = 0; i < frames.size(); i++) {
                final Received.Item item = server.items().get(i);
                assertTrue(item.frame(), seed + ", frame " + i);
                assertArrayEquals(frames.get(i), item.bytes(), seed + ", frame " + i);
            }
            assertEquals(
                    rig.journal().digest(3_000),
                    server.digest.hex(),
                    "over the frames themselves, without the extra NUL");
        }
    }

    @Test
    void shouldMarkEverythingThatIsNoFrameWithANul() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                Received server = rig.receive("", 1);
                JournalReader reader = rig.journal().newReader()) {
            rig.append(1);
            rig.journal().appendGap(rig.now(), rig.now(), 3, "both legs down");
            rig.journal().appendDiscontinuity(rig.now(), 1, "hunt ended");
            rig.journal().appendMark(rig.now(), "epoch", "3");
            rig.journal().appendLost(1, rig.now(), 70_000, "00".repeat(32), "too long");
            rig.append(1);
            server.awaitLast(6);
            final JournalRecord record = new JournalRecord();
            for (Received.Item item : server.items()) {
                assertTrue(reader.next(record));
                assertEquals(record.sequence() == 1 || record.sequence() == 6, item.frame());
                assertArrayEquals(Arrays.copyOf(record.bytes(), record.length()), item.bytes());
            }
            final String gap = new String(server.items().get(1).bytes(), StandardCharsets.UTF_8);
            assertTrue(gap.startsWith("{") && gap.contains("\"gap\"") && !gap.contains("\n"), gap);
        }
    }

    @Test
    void shouldShowTheNulOnTheWireItself() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                RawClient client = new RawClient(rig.address())) {
            rig.frame(new byte[] {0, '{', 'x'});
            rig.frame(new byte[] {'{', '}'});
            rig.journal().endOfBatch();
            client.send(SoupPackets.login("east", "secret", "", 1)).send(SoupPackets.empty(SoupPackets.LOGOUT));
            final List<String> packets = client.packetsToEnd();
            assertEquals("S\0\0{x", packets.get(1));
            assertEquals("S{}", packets.get(2));
        }
    }

    @Test
    void shouldSayLostForAFrameThatCannotBeCarried() throws Exception {
        final byte[] frame = new byte[LONGEST];
        frame[LONGEST - 1] = '{';
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                Received server = rig.receive("", 1)) {
            rig.frame(frame);
            rig.journal().endOfBatch();
            rig.append(1);
            server.awaitLast(2);
            assertFalse(server.items().get(0).frame());
            final String lost = new String(server.items().get(0).bytes(), StandardCharsets.UTF_8);
            assertTrue(lost.startsWith("{\"kind\":\"lost\",\"sequence\":1,\"length\":65534,"), lost);
            assertTrue(server.items().get(1).frame());
        }
    }

    private static byte[] frame(Random random, int length) {
        final byte[] letters = {0, 0, 0, '{', 'a'};
        final byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = letters[random.nextInt(letters.length)];
        }
        return frame;
    }
}
