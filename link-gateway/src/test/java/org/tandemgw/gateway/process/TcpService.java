package org.tandemgw.gateway.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A service that a probe connects to. Down, its port refuses. One thread of its own while it is up. */
final class TcpService implements AutoCloseable {
    private final InetAddress host;
    private final int port;
    private ServerSocket door;

    private TcpService(InetAddress host, int port) {
        this.host = host;
        this.port = port;
    }

    /** One that somebody else runs. */
    static TcpService elsewhere(String host, int port) throws IOException {
        return new TcpService(InetAddress.getByName(host), port);
    }

    TcpService(String host) throws IOException {
        this.host = InetAddress.getByName(host);
        door = new ServerSocket(0, 50, this.host);
        port = door.getLocalPort();
        answer(door);
    }

    String host() {
        return host.getHostAddress();
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
        door.bind(new InetSocketAddress(host, port));
        answer(door);
    }

    private static void answer(ServerSocket open) {
        final Thread thread = new Thread(
                () -> {
                    while (!open.isClosed()) {
                        try (Socket come = open.accept()) {
                            come.getInputStream().read(); // until whoever came has gone: he closes first
                        } catch (IOException e) {
                            // It was closed, or he has gone otherwise.
                        }
                    }
                },
                "service");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        if (door != null) {
            door.close();
        }
    }
}
