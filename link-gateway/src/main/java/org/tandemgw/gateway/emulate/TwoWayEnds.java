package org.tandemgw.gateway.emulate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Both ends of one leg that is passed through: an ACD that listens, and its server, which dials Tandem and dials again after a pause when its session has ended. Each of them talks and
 * compares. Any thread.
 */
final class TwoWayEnds implements AutoCloseable {
    private static final int DIAL_MS = 5_000;
    private static final int BACKLOG = 16;
    private static final int ACCEPT_AGAIN_MS = 100;

    private final int leg;
    private final InetSocketAddress server;
    private final long redialMs;
    private final long bytesPerSecond;
    private final Random random;
    private final ServerSocket listening = new ServerSocket();
    private final List<TalkingEnd> talking = new ArrayList<>();
    private long sessions;
    private long tries;
    private long heardByAcd;
    private long heardByServer;
    private long differences;
    private String trouble = "";
    private boolean closed;

    TwoWayEnds(int leg, InetSocketAddress acd, InetSocketAddress server, long redialMs, long bytesPerSecond, long seed)
            throws IOException {
        this.leg = leg;
        this.server = server;
        this.redialMs = redialMs;
        this.bytesPerSecond = bytesPerSecond;
        this.random = new Random(seed * 31 + leg);
        listening.setReuseAddress(true);
        listening.bind(acd, BACKLOG);
    }

    void start() {
        run("acd-" + leg, this::answer);
        run("server-" + leg, this::dial);
    }

    /** Where the ACD listens. */
    InetSocketAddress acd() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /** Ends a session that is up, at either end and in either way. */
    synchronized void cut() {
        final List<TalkingEnd> up = talking.stream().filter(end -> !end.over()).toList();
        if (!up.isEmpty()) {
            final TalkingEnd one = up.get(random.nextInt(up.size()));
            if (random.nextBoolean()) {
                one.reset();
            } else {
                one.close();
            }
        }
    }

    /** Bytes that one end heard and that the other had not said; 0 is what is to be proved. */
    synchronized long differences() {
        return differences
                + talking.stream().filter(end -> end.firstOther() >= 0).count();
    }

    /** How many sessions there have been. */
    synchronized long sessions() {
        return sessions;
    }

    /** How much the ACD and the server have heard. */
    synchronized long[] heard() {
        final long[] heard = {heardByAcd, heardByServer};
        for (int i = 0; i < talking.size(); i++) {
            heard[ofAcd(talking.get(i)) ? 0 : 1] += talking.get(i).heard();
        }
        return heard;
    }

    /** Why nothing has been proved, for people; empty: each end has heard something. */
    synchronized String lack() {
        final long[] heard = heard();
        final String lack = sessions == 0
                ? "nobody came to the ACD"
                : heard[0] == 0 ? "the ACD heard nothing" : heard[1] == 0 ? "the server heard nothing" : "";
        return lack.isEmpty() || trouble.isEmpty() ? lack : lack + " (" + trouble + ")";
    }

    @Override
    public synchronized String toString() {
        final long[] heard = heard();
        return "leg" + leg + " sessions=" + sessions + " tries=" + tries + " acd-heard=" + heard[0] + " server-heard="
                + heard[1] + " differences=" + differences();
    }

    private boolean ofAcd(TalkingEnd end) {
        return end.name().startsWith("acd");
    }

    private void answer() throws InterruptedException {
        while (!isClosed()) {
            final Socket socket;
            try {
                socket = listening.accept();
            } catch (IOException e) {
                failed("the ACD's accept: " + e.getMessage());
                pause(ACCEPT_AGAIN_MS);
                continue;
            }
            try {
                final TalkingEnd end = talk("acd-" + leg, socket);
                run("acd-" + leg + "-waits", () -> ended(end));
            } catch (IOException e) {
                failed("a connection to the ACD: " + e.getMessage());
                closeQuietly(socket); // the next one may be better
            }
        }
    }

    private void dial() throws InterruptedException {
        while (!isClosed()) {
            final Socket socket = new Socket();
            synchronized (this) {
                tries++;
            }
            try {
                socket.connect(server, DIAL_MS);
                ended(talk("server-" + leg, socket));
            } catch (IOException e) {
                failed("the server's call: " + e.getMessage());
                closeQuietly(socket); // nobody listens: it is tried again
            }
            pause(redialMs);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
        }
    }

    private synchronized TalkingEnd talk(String name, Socket socket) throws IOException {
        if (closed) {
            socket.close();
            throw new IOException("it is over");
        }
        final TalkingEnd end = new TalkingEnd(name, socket, random.nextLong(), bytesPerSecond).start();
        talking.add(end);
        sessions += ofAcd(end) ? 1 : 0;
        return end;
    }

    private void ended(TalkingEnd end) throws InterruptedException {
        end.awaitEnd();
        synchronized (this) {
            talking.remove(end);
            heardByAcd += ofAcd(end) ? end.heard() : 0;
            heardByServer += ofAcd(end) ? 0 : end.heard();
            differences += end.firstOther() >= 0 ? 1 : 0;
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** The last one is kept. */
    private synchronized void failed(String why) {
        trouble = closed ? trouble : why;
    }

    private synchronized void pause(long ms) throws InterruptedException {
        final long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (!closed && System.nanoTime() - untilNs < 0) {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime())));
        }
    }

    @Override
    public void close() throws IOException {
        final List<TalkingEnd> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(talking);
            notifyAll();
        }
        listening.close();
        for (final TalkingEnd end : all) {
            end.close();
        }
    }

    /** What may be interrupted. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private static void run(String name, Work work) {
        final Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        // It is over.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
