package org.tandemgw.gateway.feed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.calls.AmiCallDecoder;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.recovery.RecoveryShelf;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.recovery.RecoveryPolicy;
import org.tandemgw.recovery.TableLimits;

/** A real journal of an Asterisk, the table of its calls, what is kept of them for who takes over, and the feeds of both servers. The test's thread is intake and control. */
final class RecoveryRig implements AutoCloseable {
    static final String EAST = "cms-east";
    static final String WEST = "cms-west";

    final LinkJournal journal;
    private final RecordClock clock = new RecordClock(new SystemClock());
    private final Path data;
    private final CallKeeper calls;
    private final RecoveryShelf shelf;
    private final SoupFeedServer east;
    private final SoupFeedServer west;
    private final List<byte[]> frames = new ArrayList<>();
    private long lastAtNs;

    /** @param place of the ACD in the file */
    RecoveryRig(Path data, int place) throws Exception {
        this.data = data;
        journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
        calls = new CallKeeper(
                new CallKeeper.Settings(journal, data, TableLimits.ofCalls(10_000), 0), AmiCallDecoder::new);
        shelf = new RecoveryShelf(new RecoveryShelf.Settings(
                "acd1",
                place,
                calls.folder(),
                RecoveryPolicy.USUAL,
                0,
                calls::fault,
                work -> calls.ask(table -> work.run())));
        calls.onMark(shelf);
        calls.start();
        east = server(EAST);
        west = server(WEST);
    }

    private SoupFeedServer server(String name) throws Exception {
        final SoupFeedServer server = new SoupFeedServer(
                new FeedSettings(
                        name,
                        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                        FeedRig.USER,
                        FeedRig.PASSWORD,
                        false,
                        Map.of("watch", "looking"),
                        Map.of(),
                        FeedRig.QUICK),
                List.of(journal),
                Map.of("acd1", shelf),
                clock,
                new FeedRig.RecordedEvents());
        server.start();
        return server;
    }

    RecoveryShelf shelf() {
        return shelf;
    }

    Path folder() {
        return calls.folder();
    }

    Path data() {
        return data;
    }

    /** What was appended as record n, from 1. */
    byte[] frame(long sequence) {
        return frames.get((int) sequence - 1);
    }

    /** A call that waits in a queue: two frames, the last of which ends in {@code more}. */
    RecoveryRig waiting(String id, byte... more) {
        event(id, "Newchannel", "ChannelState: 4\r\nExten: 800");
        final byte[] head = ("Event: QueueCallerJoin\r\nUniqueid: " + id + "\r\nLinkedid: " + id
                        + "\r\nQueue: sales\r\nX: ")
                .getBytes(StandardCharsets.ISO_8859_1);
        final byte[] all = Arrays.copyOf(head, head.length + more.length + 4);
        System.arraycopy(more, 0, all, head.length, more.length);
        System.arraycopy(new byte[] {'\r', '\n', '\r', '\n'}, 0, all, head.length + more.length, 4);
        return append(all);
    }

    RecoveryRig gone(String id) {
        return event(id, "Hangup", "Cause: 16");
    }

    RecoveryRig event(String id, String name, String more) {
        return append(("Event: " + name + "\r\nUniqueid: " + id + "\r\nLinkedid: " + id + "\r\n" + more + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    RecoveryRig append(byte[] frame) {
        journal.appendFrame(1, 0, now(), -1, frame, 0, frame.length);
        journal.endOfBatch();
        frames.add(frame);
        return this;
    }

    private long now() {
        lastAtNs = Math.max(lastAtNs + 1, clock.recordNs());
        return lastAtNs;
    }

    static SwitchMark commence(long epoch, String to) {
        return new SwitchMark(SwitchMark.What.COMMENCE, epoch, epoch + 10, to.equals(EAST) ? WEST : EAST, to);
    }

    /** An attempt begins; returns the sequence of its mark. */
    long begin(long epoch, String to) {
        final SwitchMark mark = commence(epoch, to);
        shelf.begun(mark);
        return mark(mark);
    }

    long mark(SwitchMark mark) {
        frames.add(null);
        final long sequence = journal.appendMark(now(), SwitchMark.WORD, mark.text());
        journal.endOfBatch();
        return sequence;
    }

    /** The whole of it, and its frames are known. */
    long takeOver(long epoch, String to) {
        final long asOf = begin(epoch, to);
        shelf.promoted(epoch, to);
        mark(commence(epoch, to).as(SwitchMark.What.SWITCHED));
        FeedRig.await().until(() -> calls.position() == journal.last());
        return asOf;
    }

    /** The table has come so far. */
    void awaitTable() {
        FeedRig.await().until(() -> calls.position() == journal.last());
    }

    Fetched fetch(String server, String session, long from) throws Exception {
        return new Fetched(server, session, from);
    }

    @Override
    public void close() {
        east.close();
        west.close();
        calls.close();
        journal.close();
    }

    /** A client of one of the servers, polled by the test's thread. */
    final class Fetched implements SoupClient.Handler, AutoCloseable {
        final SoupClient client;
        final SoupClient.Login login;
        final List<byte[]> packets = new ArrayList<>();
        final List<Boolean> notes = new ArrayList<>();
        boolean over;

        private Fetched(String server, String session, long from) throws IOException {
            client = SoupClient.connect((server.equals(EAST) ? east : west).address(), 30_000, 50_000_000L);
            login = client.login(FeedRig.USER, FeedRig.PASSWORD, session, from, 30_000, this);
        }

        @Override
        public void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
            packets.add(Arrays.copyOfRange(bytes, offset, offset + length));
            notes.add(!frame);
        }

        @Override
        public void endOfSession() {
            over = true;
        }

        Fetched toTheEnd() throws IOException {
            while (client.poll(1_000)) {
                // Everything happens in the calls back.
            }
            return this;
        }

        Fetched until(int count) throws IOException {
            while (packets.size() < count && client.poll(1_000)) {
                // The same.
            }
            return this;
        }

        String note() {
            return new String(packets.get(0), StandardCharsets.UTF_8);
        }

        List<String> texts() {
            return packets.stream()
                    .map(packet -> new String(packet, StandardCharsets.ISO_8859_1))
                    .toList();
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
