package org.tandemgw.gateway.probe;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does to each connection what a test wants. */
final class HostileServer implements AutoCloseable {
    /** What it does; the connection is closed when it ends. */
    interface Manner {
        void serve(Socket connection) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger served = new AtomicInteger();

    HostileServer(Manner manner) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            while (!socket.isClosed()) {
                try {
                    final Socket connection = socket.accept();
                    threads.execute(() -> serve(connection, manner));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void serve(Socket connection, Manner manner) {
        try (connection) {
            served.incrementAndGet();
            manner.serve(connection);
        } catch (IOException | InterruptedException e) {
            // It has gone, which is its right.
        }
    }

    /** Answers whatever comes first with this text. */
    static HostileServer saying(String text) throws IOException {
        return new HostileServer(connection -> {
            hear(connection);
            connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Says this again and again. */
    static HostileServer repeating(String first, String again, long pauseMs) throws IOException {
        return new HostileServer(connection -> {
            hear(connection);
            final OutputStream out = connection.getOutputStream();
            out.write(first.getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(again.getBytes(StandardCharsets.UTF_8));
                out.flush();
                java.util.concurrent.TimeUnit.MILLISECONDS.sleep(pauseMs);
            }
        });
    }

    static String hear(Socket connection) throws IOException {
        final byte[] buffer = new byte[8_192];
        final int count = connection.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(0, count), StandardCharsets.UTF_8);
    }

    int port() {
        return socket.getLocalPort();
    }

    int served() {
        return served.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
