package org.tandemgw.gateway.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A service that a probe connects to. Down, its port refuses. One thread of its own while it is up. */
final class TcpService implements AutoCloseable {
    private final int port;
    private ServerSocket door;

    TcpService() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = door.getLocalPort();
        answer(door);
    }

    int port() {
        return port;
    }

    void stop() throws IOException {
        door.close();
    }

    void start() throws IOException {
        door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        answer(door);
    }

    private static void answer(ServerSocket open) {
        final Thread thread = new Thread(
                () -> {
                    while (!open.isClosed()) {
                        try (Socket come = open.accept()) {
                            come.setSoLinger(true, 0); // no port is kept busy for a minute
                        } catch (IOException e) {
                            // It was closed, or whoever came has gone.
                        }
                    }
                },
                "service");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
