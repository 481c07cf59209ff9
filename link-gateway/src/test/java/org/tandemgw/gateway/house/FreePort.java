package org.tandemgw.gateway.house;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of this machine for what cannot take any: below those that the system gives to connections, so that none of these is there before whoever was
 * promised it, and never the same one twice in this process. Test processes that run side by side begin at different places.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int COUNT = 20_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 977 % COUNT));

    private FreePort() {}

    /** One on the loopback address. */
    public static int next() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            final int port = FIRST + NEXT.getAndIncrement() % COUNT;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody has it: the next one.
            }
        }
        throw new IOException("no port is free");
    }
}
