package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.calls.AmiCallDecoder;
import org.tandemgw.gateway.calls.CallDecoder;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.journal.StoredJournal;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.RecoveryPlan;
import org.tandemgw.recovery.RecoveryPolicy;
import org.tandemgw.recovery.TableLimits;

/** What a server is told of the calls when it takes over, and what the journal on the disk says that it has to be told. */
final class RecoveredCalls {
    /**
     * What came over one connection.
     *
     * @param packets as text of ISO 8859-1, which keeps every byte
     * @param over whether it ended with End of Session
     */
    record Fetched(SoupClient.Login login, List<String> packets, boolean over) {}

    private RecoveredCalls() {}

    /** Logs in to a session and reads so many packets, or to its end. */
    static Fetched fetch(int port, String user, String session, long from, int most) throws IOException {
        final List<String> packets = new ArrayList<>();
        final boolean[] over = {false};
        try (SoupClient client = SoupClient.connect(new InetSocketAddress("127.0.0.1", port), 10_000)) {
            final SoupClient.Login login =
                    client.login(user, Site.PASSWORD, session, from, 10_000, new SoupClient.Handler() {
                        @Override
                        public void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
                            packets.add(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
                        }

                        @Override
                        public void endOfSession() {
                            over[0] = true;
                        }
                    });
            while (login.accepted() && !over[0] && packets.size() < most && client.poll(1_000)) {
                // Everything happens in the calls back.
            }
            return new Fetched(login, packets, over[0]);
        }
    }

    /** The marks of switchovers in the journal, in order. */
    static List<SwitchMark> marks(Path data) {
        return marks(data, "acd1");
    }

    static List<SwitchMark> marks(Path data, String acd) {
        final List<SwitchMark> marks = new ArrayList<>();
        final JournalRecord record = new JournalRecord();
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, acd, 1));
                JournalReader reader = journal.newReader()) {
            while (reader.next(record)) {
                final SwitchMark mark = SwitchMark.of(record);
                if (mark != null) {
                    marks.add(mark);
                }
            }
        }
        return marks;
    }

    /** What the session of that attempt has to consist of, by the journal alone. */
    static List<String> expected(Path data, long epoch) {
        return expected(data, "acd1", epoch);
    }

    static List<String> expected(Path data, String acd, long epoch) {
        final CallTable table = new CallTable(TableLimits.ofCalls(10_000), CallWatcher.NONE);
        final CallDecoder decoder = new AmiCallDecoder(table::apply);
        final JournalRecord record = new JournalRecord();
        final Map<Long, String> frames = new HashMap<>();
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, acd, 1));
                JournalReader reader = journal.newReader()) {
            while (reader.next(record)) {
                final SwitchMark mark = SwitchMark.of(record);
                if (mark != null && mark.epoch() == epoch && mark.what() == SwitchMark.What.COMMENCE) {
                    break;
                }
                if (record.kind() == RecordKind.FRAME) {
                    frames.put(
                            record.sequence(),
                            new String(record.bytes(), 0, record.length(), StandardCharsets.ISO_8859_1));
                    decoder.decode(record.bytes(), 0, record.length(), record.sequence(), record.atNs());
                }
            }
        }
        final List<String> expected = new ArrayList<>();
        expected.add("{\"asOf\":" + record.sequence() + ",\"epoch\":" + epoch + "}");
        for (final long sequence : RecoveryPlan.of(table, RecoveryPolicy.USUAL).frames()) {
            expected.add(frames.get(sequence));
        }
        return expected;
    }

    /** The server is told of the calls in flight, to the byte. */
    static void assertTold(Site site, int port, String user, long epoch) throws IOException {
        assertTold(site, "acd1", port, user, "R" + epoch);
    }

    /** The same of one of several ACDs. */
    static void assertTold(Site site, String acd, int port, String user, String session) throws IOException {
        final long epoch = Long.parseLong(session.replaceAll("R([0-9]+).*", "$1"));
        final List<String> expected = expected(site.data(), acd, epoch);
        await().untilAsserted(() -> {
            final Fetched all = fetch(port, user, session, 1, Integer.MAX_VALUE);
            assertTrue(all.login().accepted(), all::toString);
            assertEquals(expected, all.packets());
            assertTrue(all.over(), "End of Session");
        });
    }
}
