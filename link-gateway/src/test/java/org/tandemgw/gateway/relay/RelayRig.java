package org.tandemgw.gateway.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.house.FreePort;
import org.tandemgw.gateway.intake.LinkIntake;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RecordJson;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/** A real journal, a real relay of two legs, an ACD that listens on two ports: all of it on loopback. */
final class RelayRig implements AutoCloseable {
    static final String ACD = "acd3";
    static final RelaySettings.Times QUICK = new RelaySettings.Times(2_000, 20, 30_000, 50);

    /** One connection through the relay: the server's end, and the ACD's. */
    record Wire(Talker server, Talker acd) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            server.close();
            acd.close();
        }
    }

    private final Path data;
    private final RelaySettings.Times times;
    private final ServerSocket[] acd = new ServerSocket[2];
    private final RecordClock clock = new RecordClock(new SystemClock());
    private MultiThreadIoEventLoopGroup group;
    private LinkJournal journal;
    private RelayIntake relay;

    RelayRig(Path data) throws IOException {
        this(data, QUICK);
    }

    RelayRig(Path data, RelaySettings.Times times) throws IOException {
        this.data = data;
        this.times = times;
        acd[0] = new ServerSocket(FreePort.next(), 50, InetAddress.getLoopbackAddress());
        acd[1] = new ServerSocket(FreePort.next(), 50, InetAddress.getLoopbackAddress());
        start();
    }

    /** Again, on the same journal, after {@link #stop}. */
    void start() {
        journal = LinkJournal.open(data, ACD, JournalSync.GROUP);
        clock.startAt(journal.newestAtNs());
        final ThreadFactory threads = task -> new FastThreadLocalThread(task, "intake-" + ACD);
        group = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
        relay = new RelayIntake(ACD, List.of(settings(1), settings(2)), journal, group.next(), clock);
        relay.start(new LinkIntake.Holds(false, false, false));
    }

    private RelaySettings settings(int leg) {
        return new RelaySettings(
                leg,
                leg == 1 ? "cms-east" : "cms-west",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                from -> true,
                (InetSocketAddress) acd[leg - 1].getLocalSocketAddress(),
                null,
                times);
    }

    void stop() {
        relay.close();
        await().until(() -> journal.readable() == journal.last() || journal.fault() != null);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        journal.close();
    }

    RelayIntake relay() {
        return relay;
    }

    LinkJournal journal() {
        return journal;
    }

    RelayLegStatus leg(int leg) {
        return relay.leg(leg);
    }

    /** The server comes to its leg. */
    Socket serverComes(int leg) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), relay.listeningPort(leg));
    }

    /** The ACD is dialled on a leg. */
    Socket acdAnswers(int leg) throws IOException {
        acd[leg - 1].setSoTimeout(30_000);
        return acd[leg - 1].accept();
    }

    /** Where the ACD listens. */
    int acdPort(int leg) {
        return acd[leg - 1].getLocalPort();
    }

    /** Nobody listens at the ACD any more. */
    void acdLeaves(int leg) throws IOException {
        acd[leg - 1].close();
    }

    /** It listens again, at the same port. */
    void acdReturns(int leg) throws IOException {
        final InetSocketAddress address = settings(leg).dial();
        final ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(address);
        acd[leg - 1] = again;
    }

    /** A session of a leg. Its bytes follow from its seed: one less for what comes from the ACD, one more for what goes to it. */
    Wire wire(int leg, long seed) throws IOException {
        final Socket server = serverComes(leg);
        final Socket answered = acdAnswers(leg);
        return new Wire(new Talker(server, seed + 1, seed - 1), new Talker(answered, seed - 1, seed + 1));
    }

    /** What a leg's records of one direction say is what was said, from its beginning on; returns how many bytes. */
    long assertRecorded(int leg, int direction, long seed) {
        final EndlessBytes said = new EndlessBytes(direction == 0 ? seed - 1 : seed + 1);
        final long[] count = new long[1];
        each(record -> {
            if (record.kind() == RecordKind.FRAME && record.leg() == leg && record.direction() == direction) {
                assertEquals(
                        -1,
                        said.firstOther(record.bytes(), record.length(), count[0]),
                        "leg " + leg + ", direction " + direction + ", record " + record.sequence());
                count[0] += record.length();
            }
        });
        return count[0];
    }

    /**
     * What one session after the other said, in one direction of a leg.
     *
     * @param seed of its bytes
     * @param length how many passed
     */
    record Said(long seed, long length) {}

    /** A leg's records of one direction are what the sessions said, byte for byte and one after the other. */
    void assertRecorded(int leg, int direction, List<Said> sessions, String where) {
        final long[] place = new long[2]; // in which session, and how far in it
        each(record -> {
            if (record.kind() != RecordKind.FRAME || record.leg() != leg || record.direction() != direction) {
                return;
            }
            while (place[1] == sessions.get((int) place[0]).length()) {
                place[0]++;
                place[1] = 0;
            }
            final Said said = sessions.get((int) place[0]);
            assertEquals(
                    -1,
                    new EndlessBytes(said.seed()).firstOther(record.bytes(), record.length(), place[1]),
                    () -> "leg " + leg + ", direction " + direction + ", record " + record.sequence() + ", " + where);
            place[1] += record.length();
        });
        while (place[0] < sessions.size() - 1
                && place[1] == sessions.get((int) place[0]).length()) {
            place[0]++;
            place[1] = 0;
        }
        assertEquals(sessions.size() - 1, place[0], where);
        assertEquals(sessions.get(sessions.size() - 1).length(), place[1], where);
    }

    /** The records that are no chunks, as JSON. */
    List<String> notes() {
        final List<String> notes = new ArrayList<>();
        each(record -> {
            if (record.kind() != RecordKind.FRAME) {
                notes.add(RecordJson.of(record));
            }
        });
        return notes;
    }

    void each(java.util.function.Consumer<JournalRecord> seen) {
        await().until(() -> journal.readable() == journal.last());
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            reader.seek(1);
            while (reader.next(record)) {
                seen.accept(record);
            }
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        acd[0].close();
        acd[1].close();
    }
}
