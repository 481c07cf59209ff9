package org.tandemgw.gateway.emulate;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.time.Clock;

/** One TCP connection of a simulated leg, and what it carried. The leg's lock guards it. */
final class LegConnection {
    private static final int DRAIN_MS = 1_000;

    private final Socket socket;
    private final List<Carriage> carriages = new ArrayList<>();
    private volatile boolean finishing;
    private final Conversation conversation;
    private boolean ended;

    /** @param conversation what has to be said before frames are; null: nothing */
    LegConnection(Socket socket, Conversation conversation) throws IOException {
        this.socket = socket;
        this.conversation = conversation;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DRAIN_MS);
    }

    void write(byte[] buffer, int length) throws IOException {
        socket.getOutputStream().write(buffer, 0, length);
    }

    /** The run of frames that goes on at {@code number}, or a new one where the last run has ended. */
    Carriage carriage(AcdOracle oracle, long number, boolean newRun) {
        if (newRun || carriages.isEmpty()) {
            carriages.add(oracle.carriage(number));
        }
        return carriages.get(carriages.size() - 1);
    }

    /** Whether frames may be sent. */
    boolean isOpen() {
        return conversation == null || conversation.loggedIn();
    }

    Conversation conversation() {
        return conversation;
    }

    /** The frame as this connection has it; null if it does not get it. */
    byte[] dress(byte[] frame) {
        return conversation == null ? frame : conversation.dress(frame);
    }

    boolean ended() {
        return ended;
    }

    /** Nothing will be carried any more. True the first time. */
    boolean end(boolean orderly, int margin, Clock clock) {
        final boolean first = !ended;
        if (first) {
            ended = true;
            carriages.forEach(carriage -> carriage.end(orderly, margin, clock.nanoTime()));
        }
        return first;
    }

    /** Takes what the other end says. */
    @FunctionalInterface
    interface Listener {
        /** So many bytes. */
        void heard(byte[] buffer, int length);
    }

    /** Reads until the other end closes. True if it did so without a reset. */
    boolean readToEnd(Listener listener) {
        final byte[] buffer = new byte[4096];
        while (true) {
            try {
                final int length = socket.getInputStream().read(buffer);
                if (length < 0) {
                    return true;
                }
                listener.heard(buffer, length);
            } catch (SocketTimeoutException e) {
                if (finishing) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Ends our direction; the reading side sees the other end close, or soon gives up. */
    void finish() {
        try {
            finishing = true;
            socket.shutdownOutput();
        } catch (IOException e) {
            close();
        }
    }

    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already: there is nothing left to reset.
        }
        close();
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
        }
    }
}
