package org.tandemgw.gateway.process;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.feed.SoupClient;

/**
 * A server that remembers digests of what it was told, by sequence, so that what it was told once can be compared with what
 * is said later. It connects again by itself, asks for what comes next, and reports what it has. One thread of its own.
 */
final class RememberingServer implements AutoCloseable {
    private static final int CONNECT_MS = 1_000;
    private static final int LOGIN_MS = 5_000;
    private static final int POLL_MS = 50;
    private static final int RETRY_MS = 50;
    private static final long REPORT_NS = 200_000_000L;

    private final String name;
    private final int port;
    private final StreamComparison account;
    private final Thread thread;
    private final Map<Long, String> notes = new HashMap<>();
    private final List<String> rejections = new ArrayList<>();
    private ToldRecords records = new ToldRecords();
    private SoupClient client;
    private String session = "";
    private long told;
    private boolean connected;
    private long reported;
    private long reportedNs;
    private volatile boolean closed;

    /** Begins to connect at once; everything it gets goes to {@code account} too, unless that is null. */
    RememberingServer(String name, int port, StreamComparison account) {
        this.name = name;
        this.port = port;
        this.account = account;
        this.thread = new Thread(this::run, "server-" + name);
        thread.setDaemon(true);
    }

    /** One that has been here before, and was told this. */
    RememberingServer knowing(String itsSession, ToldRecords itsRecords) {
        session = itsSession;
        records = itsRecords.copy();
        return this;
    }

    /** Begins to connect. */
    RememberingServer start() {
        thread.start();
        return this;
    }

    /** The last sequence received; no sequence was left out before it. */
    synchronized long last() {
        return records.last();
    }

    /** How many records have come. */
    synchronized long told() {
        return told;
    }

    synchronized boolean connected() {
        return connected;
    }

    synchronized String session() {
        return session;
    }

    /** What was said when a login was refused, and what came out of order. */
    synchronized List<String> rejections() {
        return List.copyOf(rejections);
    }

    /** What a record was that is no frame; null for a frame. For whoever has to find out why. */
    synchronized String note(long sequence) {
        return notes.get(sequence);
    }

    /** What it was told until now. */
    synchronized ToldRecords records() {
        return records.copy();
    }

    /** All through this record has been compared with the journal: a digest of each thousand is enough from now on. */
    synchronized void compared(long through) {
        records.compared(through);
    }

    /** Ends it. Afterwards the account belongs to the caller. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            closeClient();
            notifyAll();
        }
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (SoupClient now = SoupClient.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MS)) {
                if (adopt(now) && login(now)) {
                    while (!closed && now.poll(POLL_MS)) {
                        report(now);
                    }
                }
            } catch (IOException e) {
                // The gateway is down: try again.
            } catch (IllegalStateException e) {
                brokenPromise(e.getMessage());
            }
            released();
        }
    }

    private synchronized boolean adopt(SoupClient now) {
        client = now;
        return !closed;
    }

    private boolean login(SoupClient now) throws IOException {
        final SoupClient.Login login = now.login(name, Site.PASSWORD, session(), last() + 1, LOGIN_MS, this::record);
        synchronized (this) {
            connected = login.accepted();
            if (connected) {
                session = login.session();
            } else if (login.code() != '\0') {
                rejections.add(login.code() + " " + String.join(" ", login.debug()));
            }
        }
        return login.accepted();
    }

    /** What came was not what has to come next; whoever looks at the rejections finds it. */
    private synchronized void brokenPromise(String what) {
        rejections.add(what);
        closed = true;
    }

    /** Says what it has, now and then. */
    private void report(SoupClient now) throws IOException {
        final long has = last();
        if (has > reported && System.nanoTime() - reportedNs > REPORT_NS) {
            reported = has;
            reportedNs = System.nanoTime();
            now.have(has, null);
        }
    }

    private synchronized void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
        if (sequence != records.last() + 1) {
            throw new IllegalStateException(name + " got record " + sequence + " after " + records.last());
        }
        records.add(ToldRecords.digest(frame, bytes, offset, length));
        told++;
        if (!frame) {
            notes.put(sequence, new String(bytes, offset, length, StandardCharsets.UTF_8));
        }
        if (account != null && frame) {
            account.frame(bytes, offset, length);
        } else if (account != null) {
            final String kind = kind(notes.get(sequence));
            if (!kind.equals("mark")) {
                account.broken(kind);
            }
        }
    }

    private static String kind(String json) {
        try {
            return JSON.std.mapFrom(json).get("kind").toString();
        } catch (IOException e) {
            throw new IllegalStateException("no JSON: " + json, e);
        }
    }

    private synchronized void released() {
        connected = false;
        client = null;
        try {
            if (!closed) {
                wait(RETRY_MS);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void closeClient() {
        if (client != null) {
            try {
                client.close();
            } catch (IOException e) {
                // Closing is all that was wanted.
            }
        }
    }
}
