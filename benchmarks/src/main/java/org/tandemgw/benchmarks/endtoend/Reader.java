package org.tandemgw.benchmarks.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.tandemgw.gateway.feed.SoupClient;

/**
 * The servers, a process of its own: {@code Reader dial|listen|soup LOAD PORT[/USER/SESSION] …}. Each connection takes its frames on a thread of its own,
 * checks their {@link Order}, and keeps how late each was. Prints {@code warm} for each when what is measured begins, and a line {@code result …} when it has all.
 */
final class Reader implements SoupClient.Handler {
    private static final int READ_BYTES = 64 * 1024;
    private static final int TIMEOUT_MS = 10_000;
    /** A machine that is busy takes its time to start what stands between. */
    private static final long DIAL_NS = 90_000_000_000L;

    /** Of who has said nothing for so long nothing more is expected. */
    private static final int SILENCE_MS = 120_000;

    private static final long NAP_NS = 50_000_000;

    private final Load load;
    private final long[] lateNs;
    private final Order order;
    private int count;
    private boolean warm;
    private long firstNs;
    private long lastNs;
    private long readNs;

    private Reader(Load load) {
        this.load = load;
        this.lateNs = new long[load.frames()];
        this.order = new Order(load.all());
    }

    public static void main(String[] arguments) throws IOException {
        for (int i = 2; i < arguments.length; i++) {
            final Reader reader = new Reader(Load.parse(arguments[1]));
            final String[] where = arguments[i].split("/");
            final int port = Integer.parseInt(where[0]);
            switch (arguments[0]) {
                case "dial" -> start(() -> reader.lines(dial(port)));
                case "listen" -> {
                    final ServerSocket door = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    start(() -> reader.lines(door.accept()));
                }
                default -> start(() -> reader.soup(port, where[1], where[2]));
            }
        }
        System.out.println("ready");
    }

    private interface Life {
        void run() throws IOException;
    }

    private static void start(Life life) {
        new Thread(() -> {
                    try {
                        life.run();
                    } catch (IOException e) {
                        System.out.println("lost: " + e.getMessage());
                    }
                })
                .start();
    }

    /** A connection to what may still be starting. */
    static Socket dial(int port) throws IOException {
        final long untilNs = System.nanoTime() + DIAL_NS;
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (ConnectException e) {
                if (System.nanoTime() > untilNs) {
                    throw e;
                }
                LockSupport.parkNanos(NAP_NS);
            }
        }
    }

    private void lines(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MS);
        final byte[] buffer = new byte[READ_BYTES];
        final InputStream in = socket.getInputStream();
        int held = 0;
        while (!order.isOver()) {
            final int more;
            try {
                more = in.read(buffer, held, buffer.length - held);
            } catch (SocketTimeoutException e) {
                break; // the last ones are lost: a hole as well
            }
            if (more < 0) {
                throw new IOException("the connection has ended before frame " + order.next());
            }
            readNs = System.nanoTime();
            held += more;
            int at = 0;
            while (held - at >= load.bytes() && !order.isOver()) {
                frame(buffer, at);
                at += load.bytes();
            }
            System.arraycopy(buffer, at, buffer, 0, held - at);
            held -= at;
        }
        tell();
    }

    private void soup(int port, String user, String session) throws IOException {
        dial(port).close();
        try (SoupClient client =
                SoupClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS)) {
            if (!client.login(user, "bench", session, 1, TIMEOUT_MS, this).accepted()) {
                throw new IOException("refused");
            }
            System.out.println("in " + user + " " + session);
            while (!order.isOver() && client.poll(TIMEOUT_MS)) {
                // the handler counts
            }
        }
        tell();
    }

    @Override
    public void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
        if (frame && !order.isOver()) {
            readNs = System.nanoTime();
            frame(bytes, offset);
        }
    }

    private void frame(byte[] bytes, int at) {
        order.take(Frame.number(bytes, at));
        if (order.next() <= load.warm() + 1) {
            return;
        }
        if (!warm) {
            warm = true;
            firstNs = readNs;
            System.out.println("warm");
        }
        lastNs = readNs;
        if (count < lateNs.length) { // there are more where some come twice
            lateNs[count++] = readNs - Frame.dueNs(bytes, at);
        }
    }

    private void tell() throws IOException {
        if (count == 0) {
            throw new IOException("none of the frames that are measured has come");
        }
        Arrays.sort(lateNs, 0, count);
        System.out.printf(
                Locale.ROOT,
                "result %d %d %d %.1f %.1f %.1f %.1f %d%n",
                order.breaks() + (order.isOver() ? 0 : 1),
                firstNs,
                lastNs,
                us(0.5),
                us(0.99),
                us(0.999),
                us(0.9999),
                count);
    }

    private double us(double quantile) {
        return lateNs[(int) Math.min(count - 1, Math.floor(count * quantile))] / 1_000.0;
    }
}
