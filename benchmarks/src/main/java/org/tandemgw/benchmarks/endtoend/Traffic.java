package org.tandemgw.benchmarks.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The ACD, a process of its own: {@code Traffic RATE FRAMES LEGS}, or {@code Traffic RATE FRAMES dial PORT}. Listens and prints its ports,
 * or dials; waits for a connection on each leg and for a line on standard input, then sends the same frames on all legs: each when it is due, or with rate 0 as fast as they are taken.
 */
final class Traffic {
    private static final int BATCH = 256;
    private static final long NAP_NS = 50_000;
    private static final long HEAD_START_NS = 50_000_000;

    private Traffic() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        final long rate = Long.parseLong(arguments[0]);
        final long frames = Long.parseLong(arguments[1]);
        final List<ServerSocket> doors = new ArrayList<>();
        final StringBuilder ready = new StringBuilder("ready");
        final boolean dials = arguments[2].equals("dial");
        for (int leg = 0; !dials && leg < Integer.parseInt(arguments[2]); leg++) {
            doors.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            ready.append(' ').append(doors.get(leg).getLocalPort());
        }
        System.out.println(ready);
        final List<Socket> legs = new ArrayList<>();
        for (final ServerSocket door : doors) {
            legs.add(door.accept());
        }
        if (dials) {
            legs.add(Reader.dial(Integer.parseInt(arguments[3])));
        }
        System.out.println("connected");
        if (System.in.read() < 0) {
            return;
        }
        final long startNs = System.nanoTime() + HEAD_START_NS;
        final List<Thread> threads = new ArrayList<>();
        for (final Socket leg : legs) {
            leg.setTcpNoDelay(true);
            threads.add(new Thread(() -> send(leg, rate, frames, startNs)));
            threads.get(threads.size() - 1).start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        System.out.println("sent");
        while (System.in.read() >= 0) {
            // The connections stay until whoever started this has seen the end.
        }
    }

    private static void send(Socket leg, long rate, long frames, long startNs) {
        final byte[] batch = new byte[BATCH * Frame.BYTES];
        try {
            long sent = 0;
            while (sent < frames) {
                final long nowNs = System.nanoTime();
                final long due = rate == 0 ? frames : Math.min(frames, (nowNs - startNs) * rate / 1_000_000_000L + 1);
                final int count = nowNs < startNs ? 0 : (int) Math.min(BATCH, due - sent);
                for (int i = 0; i < count; i++) {
                    final long dueNs = rate == 0 ? 0 : startNs + (sent + i) * 1_000_000_000L / rate;
                    // As fast as they are taken no frame is due at any time, and both legs must carry the same bytes.
                    Frame.put(batch, i * Frame.BYTES, sent + i + 1, dueNs);
                }
                if (count == 0) {
                    LockSupport.parkNanos(NAP_NS);
                } else {
                    leg.getOutputStream().write(batch, 0, count * Frame.BYTES);
                    sent += count;
                }
            }
        } catch (IOException e) {
            System.out.println("leg lost: " + e.getMessage());
        }
    }
}
