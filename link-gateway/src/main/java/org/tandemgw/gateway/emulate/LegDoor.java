package org.tandemgw.gateway.emulate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * How the connections of a simulated leg come about: accepts them, or dials, on a thread of its own. A leg that listens
 * may get a second connection beside the first; a leg that dials has one at a time.
 */
final class LegDoor implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int DIAL_MS = 1_000;
    private static final int AGAIN_MS = 50;

    private final boolean dials;
    private final Arrivals arrivals;
    private final Thread thread;
    private InetSocketAddress address;
    private ServerSocket listening;
    private boolean connected;
    private boolean refusing;
    private boolean closed;

    /** Gets each connection. Called without the door's lock. */
    @FunctionalInterface
    interface Arrivals {
        void attach(Socket socket) throws IOException;
    }

    LegDoor(String name, InetSocketAddress address, boolean dials, Arrivals arrivals) throws IOException {
        this.address = address;
        this.dials = dials;
        this.arrivals = arrivals;
        if (!dials) {
            listen();
            this.address = (InetSocketAddress) listening.getLocalSocketAddress();
        }
        thread = new Thread(dials ? this::dialOn : this::acceptOn, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    synchronized InetSocketAddress address() {
        return address;
    }

    synchronized boolean refusing() {
        return refusing || closed;
    }

    synchronized void refuse(boolean on) {
        refusing = on;
        if (on) {
            closeListening();
        }
        notifyAll();
    }

    /** The connection has ended: a leg that dials may do so again. */
    synchronized void detached() {
        connected = false;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeListening();
        notifyAll();
    }

    private void acceptOn() {
        while (awaitWilling()) {
            try {
                final ServerSocket from = listen();
                if (from != null) {
                    arrivals.attach(from.accept());
                }
            } catch (IOException e) {
                // Closed to refuse, or its port was taken meanwhile.
                await(AGAIN_MS);
            }
        }
    }

    private void dialOn() {
        while (awaitWilling()) {
            final Socket socket = new Socket();
            try {
                socket.connect(address(), DIAL_MS);
                synchronized (this) {
                    connected = true;
                }
                arrivals.attach(socket);
            } catch (IOException e) {
                detached();
                await(AGAIN_MS);
            }
        }
    }

    /** The listening socket; null while there is to be none. */
    private synchronized ServerSocket listen() throws IOException {
        if (listening == null && !refusing && !closed) {
            final ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(address, BACKLOG);
            } catch (IOException e) {
                socket.close();
                throw e;
            }
            listening = socket;
        }
        return listening;
    }

    private synchronized void closeListening() {
        if (listening != null) {
            try {
                listening.close();
            } catch (IOException e) {
                // Closing is all that was wanted.
            }
            listening = null;
        }
    }

    private synchronized boolean awaitWilling() {
        while ((refusing || dials && connected) && !closed) {
            await(0);
        }
        return !closed;
    }

    private synchronized void await(long millis) {
        try {
            if (!closed) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
