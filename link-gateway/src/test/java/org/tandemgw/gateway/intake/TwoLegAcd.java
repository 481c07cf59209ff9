package org.tandemgw.gateway.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** An ACD that writes numbered lines on two legs, as far as it is allowed to and as fast as they are read. */
final class TwoLegAcd implements AutoCloseable {
    private static final String PADDING = "-".repeat(100);

    private final ServerSocket[] doors = new ServerSocket[2];
    private final Socket[] legs = new Socket[2];
    private final AtomicLong allowed = new AtomicLong();
    private final AtomicLong[] sent = {new AtomicLong(), new AtomicLong()};
    private final AtomicLong[] keepAlives = {new AtomicLong(), new AtomicLong()};
    private volatile boolean closed;

    TwoLegAcd() throws IOException {
        for (int i = 0; i < 2; i++) {
            doors[i] = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        }
    }

    InetSocketAddress address(int leg) {
        return (InetSocketAddress) doors[leg - 1].getLocalSocketAddress();
    }

    /** Waits for both connections, then writes. */
    void start() throws IOException {
        for (int i = 0; i < 2; i++) {
            legs[i] = doors[i].accept();
        }
        for (int i = 0; i < 2; i++) {
            final int leg = i;
            thread(() -> write(leg));
            thread(() -> read(leg));
        }
    }

    static String frame(long number) {
        return "frame " + number + " " + PADDING + "\n";
    }

    /** The frames up to this number may be written. */
    void allow(long frames) {
        allowed.set(frames);
    }

    long sent(int leg) {
        return sent[leg - 1].get();
    }

    /** Bytes that came from the gateway. */
    long keepAlives(int leg) {
        return keepAlives[leg - 1].get();
    }

    void hangUp(int leg) throws IOException {
        legs[leg - 1].shutdownOutput();
    }

    private void write(int leg) {
        try {
            final OutputStream out = legs[leg].getOutputStream();
            final StringBuilder some = new StringBuilder();
            while (!closed) {
                final long from = sent[leg].get();
                final long to = Math.min(allowed.get(), from + 20);
                if (from == to) {
                    Thread.onSpinWait();
                    continue;
                }
                some.setLength(0);
                for (long number = from; number < to; number++) {
                    some.append(frame(number));
                }
                out.write(some.toString().getBytes(StandardCharsets.US_ASCII));
                sent[leg].set(to);
            }
        } catch (IOException e) {
            // the gateway has hung up
        }
    }

    private void read(int leg) {
        try {
            final InputStream in = legs[leg].getInputStream();
            while (in.read() >= 0) {
                keepAlives[leg].incrementAndGet();
            }
        } catch (IOException e) {
            // the gateway has hung up
        }
    }

    private static void thread(Runnable task) {
        final Thread thread = new Thread(task, "acd");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (int i = 0; i < 2; i++) {
                doors[i].close();
                if (legs[i] != null) {
                    legs[i].close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
