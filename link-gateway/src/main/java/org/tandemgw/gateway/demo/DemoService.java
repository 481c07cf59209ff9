package org.tandemgw.gateway.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;

/** The service of a demo server that Tandem's probe connects to. While it is stopped, its port refuses. One thread while it runs. */
final class DemoService implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final InetSocketAddress address;
    private ServerSocket door;

    DemoService() throws IOException {
        address = DemoSite.freePort(new Random(), null);
        start();
    }

    InetSocketAddress address() {
        return address;
    }

    /** Answers again. */
    synchronized void start() throws IOException {
        if (door == null || door.isClosed()) {
            final ServerSocket open = new ServerSocket();
            open.setReuseAddress(true);
            open.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), address.getPort()), BACKLOG);
            door = open;
            final Thread thread = new Thread(() -> answer(open), "demo-service");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Refuses from now on. */
    synchronized void stop() {
        close();
    }

    private static void answer(ServerSocket open) {
        while (!open.isClosed()) {
            try (Socket come = open.accept()) {
                come.getInputStream().read(); // until the probe has gone
            } catch (IOException e) {
                // Closed, or whoever came has gone.
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            door.close();
        } catch (IOException e) {
            // It is to be closed, and that is all.
        }
    }
}
