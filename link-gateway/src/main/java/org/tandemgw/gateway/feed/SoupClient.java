package org.tandemgw.gateway.feed;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The other end of a feed: a small blocking SoupBinTCP client for tests, the demo and the emulators. One thread; holds at most one read and one
 * packet. It counts the sequences itself, as the protocol wants it, and undoes the NUL rule.
 */
public final class SoupClient implements AutoCloseable {
    /** Gets what comes. The bytes are valid during the call. */
    public interface Handler {
        /**
         * One record.
         *
         * @param frame true: the ACD's own bytes; false: one JSON object, without the NUL
         */
        void record(long sequence, boolean frame, byte[] bytes, int offset, int length);

        /** The server was alive without anything to send. */
        default void heartbeat() {}

        /** Nothing more will come in this session. */
        default void endOfSession() {}
    }

    /**
     * The answer to a login.
     *
     * @param session the session's name, if accepted
     * @param sequence the number of the first record to come, if accepted
     * @param code the reject code, {@code A} or {@code S}, if not; NUL if the connection was closed without an answer
     * @param debug what the server said in debug packets before its answer
     */
    public record Login(boolean accepted, String session, long sequence, char code, List<String> debug) {}

    private static final int READ_BYTES = 64 * 1024;
    private static final int DEBUG_KEPT = 16;
    private static final long SILENCE_NS = 15_000_000_000L;
    private static final long HEARTBEAT_NS = 1_000_000_000L;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[READ_BYTES];
    private final SoupDecoder decoder = new SoupDecoder(SoupPackets.MAX_LENGTH);
    private final long heartbeatNs;
    private final List<String> debug = new ArrayList<>();
    private Handler handler;
    private Login login;
    private long next;
    private long lastWriteNs = System.nanoTime();
    private long lastReadNs = lastWriteNs;

    private SoupClient(Socket socket, long heartbeatNs) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.heartbeatNs = heartbeatNs;
    }

    /** Connects; {@code timeoutMs} for that alone. */
    public static SoupClient connect(InetSocketAddress address, int timeoutMs) throws IOException {
        return connect(address, timeoutMs, HEARTBEAT_NS);
    }

    static SoupClient connect(InetSocketAddress address, int timeoutMs, long heartbeatNs) throws IOException {
        final Socket socket = new Socket();
        try {
            socket.connect(address, timeoutMs);
            socket.setTcpNoDelay(true);
            return new SoupClient(socket, heartbeatNs);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Logs in and waits for the answer. Records that came with it go to the handler, which stays the one of this client. */
    public Login login(String user, String password, String session, long sequence, int timeoutMs, Handler records)
            throws IOException {
        handler = records;
        send(SoupPackets.login(user, password, session, sequence));
        final long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000L;
        while (login == null) {
            final long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new SocketTimeoutException("no answer to the login within " + timeoutMs + " ms");
            }
            if (!poll((int) leftMs)) {
                login = login == null ? new Login(false, "", 0, '\0', List.copyOf(debug)) : login;
            }
        }
        return login;
    }

    /**
     * Waits at most {@code timeoutMs} for something to come, hands it on, and sends a heartbeat when one is due: to be called all the time.
     *
     * @return false once the connection has ended, or nothing has come for 15 seconds
     */
    public boolean poll(int timeoutMs) throws IOException {
        final long nowNs = System.nanoTime();
        if (login != null && nowNs - lastWriteNs >= heartbeatNs) {
            send(SoupPackets.empty(SoupPackets.CLIENT_HEARTBEAT));
        }
        final long untilHeartbeatMs = Math.max(1, (heartbeatNs - (nowNs - lastWriteNs)) / 1_000_000);
        socket.setSoTimeout((int) Math.max(1, Math.min(timeoutMs, untilHeartbeatMs)));
        final int count;
        try {
            count = in.read(buffer);
        } catch (SocketTimeoutException nothingYet) {
            return System.nanoTime() - lastReadNs
                    < SILENCE_NS; // who was not asked for long may still have something there
        }
        lastReadNs = System.nanoTime();
        if (count >= 0 && !decoder.accept(buffer, 0, count, this::packet)) {
            throw new IOException("a packet length of " + decoder.badLength());
        }
        return count >= 0;
    }

    /** The sequence of the record that comes next: what to ask for when logging in again. */
    public long next() {
        return next;
    }

    /** Tells the gateway what this client has; {@code digest} as {@link StreamDigest#hex()} gives it for the last boundary, or null. */
    public void have(long sequence, String digest) throws IOException {
        final String value = digest == null ? "" : ",\"digest\":\"" + digest + "\"";
        unsequenced(SoupPackets.ascii("{\"have\":" + sequence + value + "}"));
    }

    /** Sends an unsequenced packet. */
    public void unsequenced(byte[] payload) throws IOException {
        send(SoupPackets.packet(SoupPackets.UNSEQUENCED, payload));
    }

    /** Says goodbye; the gateway then closes. */
    public void logout() throws IOException {
        send(SoupPackets.empty(SoupPackets.LOGOUT));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(byte[] packet) throws IOException {
        socket.getOutputStream().write(packet);
        lastWriteNs = System.nanoTime();
    }

    private boolean packet(byte type, byte[] bytes, int offset, int length) {
        switch (type) {
            case SoupPackets.SEQUENCED -> {
                final int strip = NulRule.strip(bytes, offset, length);
                final boolean frame = !NulRule.isNote(bytes, offset, length);
                handler.record(next++, frame, bytes, offset + strip, length - strip);
            }
            case SoupPackets.ACCEPTED -> {
                final String text = new String(bytes, offset, length, StandardCharsets.US_ASCII);
                next = Long.parseLong(text.substring(SoupPackets.SESSION).strip());
                login = new Login(true, text.substring(0, SoupPackets.SESSION).strip(), next, ' ', List.copyOf(debug));
            }
            case SoupPackets.REJECTED -> login = new Login(false, "", 0, (char) bytes[offset], List.copyOf(debug));
            case SoupPackets.DEBUG -> {
                if (debug.size() < DEBUG_KEPT) {
                    debug.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
                }
            }
            case SoupPackets.SERVER_HEARTBEAT -> handler.heartbeat();
            case SoupPackets.END_OF_SESSION -> handler.endOfSession();
            default -> {}
        }
        return true;
    }
}
