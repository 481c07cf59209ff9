package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/** G3 and G5: two servers that come and go as they like end with the same records, with {@code sync: group}. */
@Tag("chance")
class TwoServersTest {
    private static final int RECORDS = 60_000;

    @TempDir
    Path data;

    private final RecordClock clock = new RecordClock(new SystemClock());
    private final FeedRig.RecordedEvents events = new FeedRig.RecordedEvents();

    @Test
    void shouldEndIdenticalHoweverOftenTheyReconnect() throws Exception {
        final Seed seed = new Seed();
        final Random random = seed.random();
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.GROUP);
                SoupFeedServer east = server("east", journal);
                SoupFeedServer west = server("west", journal)) {
            final List<Restless> servers = new ArrayList<>();
            for (SoupFeedServer each : List.of(east, west)) {
                each.start();
                servers.add(new Restless(each, new Random(random.nextLong())));
            }
            servers.forEach(Thread::start);
            append(journal, random);
            for (Restless each : servers) {
                each.join(60_000);
                assertNull(each.wrong, seed.toString());
                assertEquals(RECORDS, each.last, seed.toString());
                assertEquals(journal.digest(RECORDS), each.digest.hex(), seed.toString());
                assertTrue(each.logins > 20, seed + ": only " + each.logins + " logins");
            }
            for (SoupFeedServer each : List.of(east, west)) {
                FeedRig.await().until(() -> each.status().feeds().get(0).confirmed() == RECORDS);
            }
            assertEquals(0, events.count("server"), seed + ": " + events.lines());
        }
    }

    private SoupFeedServer server(String user, LinkJournal journal) {
        final InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
        return new SoupFeedServer(
                new FeedSettings("cms-" + user, any, user, "secret", false, Map.of(), Map.of(), FeedRig.QUICK),
                List.of(journal),
                clock,
                events);
    }

    private void append(LinkJournal journal, Random random) {
        for (int i = 1; i <= RECORDS; i++) {
            final byte[] frame = new byte[random.nextInt(i % 1_000 == 0 ? 60_000 : 200)];
            random.nextBytes(frame);
            if (i % 37 == 0) {
                journal.appendMark(clock.recordNs(), "epoch", "" + i);
            } else {
                journal.appendFrame(1, 0, clock.recordNs(), -1, frame, 0, frame.length);
            }
            if (random.nextInt(50) == 0) {
                journal.endOfBatch();
            }
        }
        journal.endOfBatch();
    }

    /** A server that leaves in every way there is and returns at the next record. */
    private final class Restless extends Thread {
        final StreamDigest digest = new StreamDigest();
        volatile String wrong;
        volatile long last;
        volatile int logins;
        private final SoupFeedServer feed;
        private final Random random;
        private final CRC32C crc = new CRC32C();
        private SoupClient abandoned;
        private long until;

        Restless(SoupFeedServer feed, Random random) {
            super("restless server");
            this.feed = feed;
            this.random = random;
            digest.begin(0, null);
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                while (last < RECORDS && wrong == null) {
                    until = Math.min(RECORDS, last + 1 + random.nextInt(2_000));
                    visit();
                }
            } catch (IOException e) {
                wrong = e.toString();
            }
        }

        private void visit() throws IOException {
            final SoupClient client = SoupClient.connect(feed.address(), 30_000);
            final String user = feed.status().server().substring(4);
            final SoupClient.Login login = client.login(user, "secret", "acd1", last + 1, 30_000, this::record);
            logins = logins + 1;
            if (!login.accepted()) {
                wrong = "refused: " + login;
            }
            while (wrong == null && last < until && client.poll(20)) {
                // Everything happens in the call back.
            }
            client.have(last, digest.hex());
            leave(client);
        }

        /** By logging out, by hanging up, or by dying quietly, to be replaced by its own next login. */
        private void leave(SoupClient client) throws IOException {
            final int how = last >= RECORDS ? 0 : random.nextInt(3);
            if (abandoned != null) {
                abandoned.close();
                abandoned = null;
            }
            if (how == 0) {
                client.logout();
                while (client.poll(20)) {
                    // Until the gateway closes.
                }
            }
            if (how == 2) {
                abandoned = client;
            } else {
                client.close();
            }
        }

        private void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
            if (last == until) {
                return; // It dies here, with more in its hands than it has stored.
            }
            if (sequence != last + 1) {
                wrong = "record " + sequence + " after " + last;
            } else {
                crc.reset();
                crc.update(bytes, offset, length);
                digest.add((int) crc.getValue());
                last = sequence;
            }
        }
    }
}
