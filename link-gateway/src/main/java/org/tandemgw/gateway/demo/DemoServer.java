package org.tandemgw.gateway.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.time.Clock;

/**
 * One of the two servers that consume the stream: logs in at the next sequence it needs, keeps an account of all it gets,
 * and comes back by itself. It can be stopped, killed and made slow; what it has, survives that. One thread of its own;
 * its methods may be called from any.
 */
public final class DemoServer implements AutoCloseable {
    private static final int CONNECT_MS = 1_000;
    private static final int LOGIN_MS = 5_000;
    private static final int POLL_MS = 100;
    private static final int RETRY_MS = 100;
    private static final long NS_PER_MS = 1_000_000L;

    private final String name;
    private final InetSocketAddress address;
    private final String user;
    private final String password;
    private final ReceivedStream received;
    private final Thread thread;
    private SoupClient client;
    private String session = "";
    private long logins;
    private long rejected;
    private String lastReject = "";
    private boolean running = true;
    private boolean connected;
    private boolean closed;
    private volatile long pauseNs;

    /**
     * Begins to connect at once.
     *
     * @param comparison gets everything received; must not be touched by others before {@link #close}
     * @param producedNs when frame n was produced, on the same clock
     */
    public DemoServer(
            String name,
            InetSocketAddress address,
            String user,
            String password,
            Clock clock,
            StreamComparison comparison,
            LongUnaryOperator producedNs) {
        this.name = name;
        this.address = address;
        this.user = user;
        this.password = password;
        received = new ReceivedStream(clock, comparison, producedNs);
        thread = new Thread(this::run, "demo-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Logs out and stays away until {@link #start}. */
    public synchronized void stop() {
        running = false;
        if (client != null) {
            try {
                client.logout();
            } catch (IOException e) {
                // The connection has ended already, which is what was wanted.
            }
            closeClient();
        }
    }

    /** Drops its connection without a word and stays away until {@link #start}, as a machine does that loses power. */
    public synchronized void kill() {
        running = false;
        closeClient();
    }

    /** Comes back and asks for what it missed. */
    public synchronized void start() {
        running = true;
        notifyAll();
    }

    /** Takes so long for each record from now on; 0: as fast as it can. */
    public void slow(long nsPerRecord) {
        pauseNs = nsPerRecord;
    }

    /** How it stands. */
    public synchronized Standing standing() {
        final StreamComparison comparison = received.comparison();
        return new Standing(
                name,
                running,
                connected,
                pauseNs > 0,
                session,
                received.last(),
                received.frames(),
                received.gaps(),
                received.discontinuities(),
                received.marks(),
                received.lostRecords(),
                logins,
                rejected,
                received.jumps(),
                lastReject,
                comparison.next() - 1,
                comparison.lost(),
                comparison.extra(),
                comparison.insideBreaks(),
                comparison.following(),
                received.digest().through(),
                received.digest().hex());
    }

    /** The slowest frame, from the ACD to here, since this was asked last; nanoseconds. */
    public synchronized long takeSlowestNs() {
        return received.takeSlowestNs();
    }

    /** The longest time without a frame since this was asked last; nanoseconds. */
    public synchronized long takeLongestPauseNs() {
        return received.takeLongestPauseNs();
    }

    /** The records that are not frames, in order; the last 1,000. */
    public synchronized List<Note> notes() {
        return received.notes();
    }

    /** SHA-256 over all records received so far, each with its length: as lower-case hex. */
    public synchronized String contentDigest() {
        return received.contentDigest();
    }

    /** Ends for good. Afterwards the comparison belongs to the caller. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            stop();
            notifyAll();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (awaitRunning()) {
            try (SoupClient now = SoupClient.connect(address, CONNECT_MS)) {
                if (adopt(now) && login(now)) {
                    while (now.poll(POLL_MS)) {
                        report(now);
                    }
                }
            } catch (IOException e) {
                // The world: the appliance is down, or we were stopped. Try again.
            }
            released();
        }
    }

    private boolean login(SoupClient now) throws IOException {
        final SoupClient.Login login = now.login(user, password, session, next(), LOGIN_MS, this::record);
        synchronized (this) {
            if (login.accepted()) {
                logins++;
                connected = running;
                session = login.session();
            } else if (login.code() != '\0') {
                rejected++;
                lastReject = login.code() + " " + String.join(" ", login.debug());
            }
        }
        return login.accepted();
    }

    private synchronized long next() {
        return received.last() + 1;
    }

    private synchronized void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
        if (running) {
            received.record(sequence, frame, bytes, offset, length);
            if (pauseNs > 0) {
                pause(Math.max(1, pauseNs / NS_PER_MS));
            }
        }
    }

    private void report(SoupClient now) throws IOException {
        final long have;
        final String hex;
        synchronized (this) {
            if (!received.takeReportDue()) {
                return;
            }
            have = received.last();
            hex = received.digestHex();
        }
        now.have(have, hex);
    }

    private synchronized boolean awaitRunning() {
        while (!running && !closed) {
            pause(0);
        }
        return !closed;
    }

    private synchronized boolean adopt(SoupClient now) {
        client = now;
        return running;
    }

    private synchronized void released() {
        client = null;
        connected = false;
        if (running && !closed) {
            pause(RETRY_MS);
        }
    }

    private void closeClient() {
        connected = false;
        if (client != null) {
            try {
                client.close();
            } catch (IOException e) {
                // Closing is all that was wanted.
            }
        }
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /**
     * A record that is not a frame.
     *
     * @param from time of a gap's begin, or of the record; may be empty
     * @param to time of a gap's end; empty for the others
     */
    public record Note(long sequence, String kind, String from, String to, String json) {
        static Note parse(long sequence, String json) {
            final String kind = value(json, "kind");
            final String from = value(json, "from");
            return new Note(
                    sequence,
                    kind.isEmpty() ? "mark" : kind.toLowerCase(Locale.ROOT),
                    from.isEmpty() ? value(json, "at") : from,
                    value(json, "to"),
                    json);
        }

        private static String value(String json, String key) {
            try {
                final Object value =
                        com.fasterxml.jackson.jr.ob.JSON.std.mapFrom(json).get(key);
                return value == null ? "" : value.toString();
            } catch (IOException e) {
                return "";
            }
        }
    }

    /**
     * How a server stands.
     *
     * @param last the last sequence received
     * @param jumps how often a record was not the next one
     * @param through the number of the last produced frame that has come
     * @param following false for the first frames after a gap, while their place is looked up
     */
    public record Standing(
            String name,
            boolean running,
            boolean connected,
            boolean slow,
            String session,
            long last,
            long frames,
            long gaps,
            long discontinuities,
            long marks,
            long lostRecords,
            long logins,
            long rejected,
            long jumps,
            String lastReject,
            long through,
            long lost,
            long extra,
            long insideBreaks,
            boolean following,
            long digestThrough,
            String digest) {}
}
