package org.tandemgw.gateway.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/** A program that collects call details, as sites have them: it listens, takes what comes, and says nothing. One connection at a time. */
final class Collector implements AutoCloseable {
    private final ServerSocket listening;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private Socket present;
    private int connections;

    Collector() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        final Thread thread = new Thread(this::collect, "collector");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    synchronized int connections() {
        return connections;
    }

    synchronized byte[] bytes() {
        return all.toByteArray();
    }

    synchronized int size() {
        return all.size();
    }

    /** It dies, and what the machine had for it dies with it. */
    synchronized void restart() throws IOException {
        present.setSoLinger(true, 0);
        present.close();
    }

    private void collect() {
        final byte[] buffer = new byte[8_192];
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                synchronized (this) {
                    present = socket;
                    connections++;
                }
                for (int length = socket.getInputStream().read(buffer);
                        length >= 0;
                        length = socket.getInputStream().read(buffer)) {
                    synchronized (this) {
                        all.writeBytes(Arrays.copyOf(buffer, length));
                    }
                }
            } catch (IOException e) {
                // The next one comes, or it is over.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        synchronized (this) {
            if (present != null) {
                present.close();
            }
        }
    }
}
