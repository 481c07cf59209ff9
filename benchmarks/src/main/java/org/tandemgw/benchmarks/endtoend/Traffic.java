package org.tandemgw.benchmarks.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The ACDs, a process of its own: {@code Traffic LOAD LEGS}, or {@code Traffic LOAD dial PORT}. Listens and prints its ports,
 * or dials; waits for a connection on each leg and for a line on standard input, then sends the same frames on all legs: each when it is due, or with rate 0 as fast as they are taken.
 * A frame that is sent late keeps the time at which it was due.
 */
final class Traffic {
    private static final int BATCH_BYTES = 64 * 1024;
    private static final long NAP_NS = 50_000;
    private static final long HEAD_START_NS = 50_000_000;
    /** More legs than one ACD has are served by one thread. */
    private static final int LEGS_WITH_THREADS = 2;

    private Traffic() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        final Load load = Load.parse(arguments[0]);
        final List<ServerSocket> doors = new ArrayList<>();
        final StringBuilder ready = new StringBuilder("ready");
        final boolean dials = arguments[1].equals("dial");
        for (int leg = 0; !dials && leg < Integer.parseInt(arguments[1]); leg++) {
            doors.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            ready.append(' ').append(doors.get(leg).getLocalPort());
        }
        System.out.println(ready);
        final List<Socket> legs = new ArrayList<>();
        for (final ServerSocket door : doors) {
            legs.add(door.accept());
        }
        if (dials) {
            legs.add(Reader.dial(Integer.parseInt(arguments[2])));
        }
        for (final Socket leg : legs) {
            leg.setTcpNoDelay(true);
        }
        System.out.println("connected");
        if (System.in.read() < 0) {
            return;
        }
        final long startNs = System.nanoTime() + HEAD_START_NS;
        final List<Thread> threads = new ArrayList<>();
        for (final List<Socket> together : legs.size() > LEGS_WITH_THREADS
                ? List.of(legs)
                : legs.stream().map(List::of).toList()) {
            threads.add(new Thread(() -> send(together, load, startNs)));
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

    private static void send(List<Socket> legs, Load load, long startNs) {
        final int most = BATCH_BYTES / load.bytes();
        final byte[] batch = new byte[most * load.bytes()];
        try {
            long sent = 0;
            while (sent < load.all()) {
                final int count = (int) Math.min(most, load.due(System.nanoTime() - startNs) - sent);
                for (int i = 0; i < count; i++) {
                    // As fast as they are taken no frame is due at any time, and both legs must carry the same bytes.
                    final long dueNs = load.rate() == 0 ? 0 : startNs + load.dueAfterNs(sent + i);
                    Frame.put(batch, i * load.bytes(), load.bytes(), sent + i + 1, dueNs);
                }
                if (count <= 0) {
                    LockSupport.parkNanos(NAP_NS);
                } else {
                    for (final Socket leg : legs) {
                        leg.getOutputStream().write(batch, 0, count * load.bytes());
                    }
                    sent += count;
                }
            }
        } catch (IOException e) {
            System.out.println("leg lost: " + e.getMessage());
        }
    }
}
