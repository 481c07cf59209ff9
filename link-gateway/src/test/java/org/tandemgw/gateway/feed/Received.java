package org.tandemgw.gateway.feed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** A client with a thread of its own that keeps what it gets. */
final class Received implements SoupClient.Handler, AutoCloseable {
    /** One record as it came out of the client. */
    record Item(long sequence, boolean frame, byte[] bytes) {}

    final SoupClient client;
    final SoupClient.Login login;
    final StreamDigest digest = new StreamDigest();
    private final List<Item> items = new ArrayList<>();
    private final Thread thread;
    private volatile boolean ended;
    private volatile boolean stopped;
    private volatile long last;
    private volatile int heartbeats;

    Received(SoupClient client, String user, String password, String session, long sequence) throws IOException {
        this.client = client;
        if (sequence == 1) {
            digest.begin(0, null);
        } else {
            digest.begin(1, null);
        }
        this.login = client.login(user, password, session, sequence, 30_000, this);
        this.thread = new Thread(this::run, "test client");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        synchronized (items) {
            digest.add((int) crc.getValue());
            items.add(new Item(sequence, frame, Arrays.copyOfRange(bytes, offset, offset + length)));
            last = sequence;
        }
    }

    @Override
    public void heartbeat() {
        heartbeats = heartbeats + 1;
    }

    int heartbeats() {
        return heartbeats;
    }

    long last() {
        return last;
    }

    boolean ended() {
        return ended;
    }

    List<Item> items() {
        synchronized (items) {
            return List.copyOf(items);
        }
    }

    Received awaitLast(long sequence) {
        FeedRig.await().until(() -> last == sequence);
        return this;
    }

    void awaitEnd() {
        FeedRig.await().until(() -> ended);
    }

    private void run() {
        try {
            while (!stopped && client.poll(20)) {
                // Everything happens in the calls back.
            }
        } catch (IOException e) {
            // A connection that is cut is one way for it to end.
        }
        ended = true;
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        client.close();
        FeedRig.await().until(() -> !thread.isAlive());
    }
}
