package org.tandemgw.gateway.emulate;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * One end of a two-way session that nobody but its ends can read. It says a number and then bytes that follow from it, in pieces of any size, and compares what it
 * hears with what follows from the number that it heard. Two threads; any thread may ask.
 */
final class TalkingEnd implements AutoCloseable {
    private static final int LARGEST_PIECE = 4_096;
    private static final int PIECES_A_SECOND = 20;

    private final String name;
    private final Socket socket;
    private final long number;
    private final long bytesPerSecond;
    private final Random random;
    private final Thread saying;
    private final Thread hearing;
    private volatile long said;
    private volatile long heard;
    private volatile long firstOther = -1;
    private volatile boolean over;

    /**
     * One that begins at once.
     *
     * @param number of its session, told first
     * @param bytesPerSecond at most; 0: as fast as the other end takes them
     */
    TalkingEnd(String name, Socket socket, long number, long bytesPerSecond) throws IOException {
        this.name = name;
        this.socket = socket;
        this.number = number;
        this.bytesPerSecond = bytesPerSecond;
        this.random = new Random(number);
        socket.setTcpNoDelay(true);
        saying = new Thread(this::say, name + "-says");
        hearing = new Thread(this::hear, name + "-hears");
        saying.setDaemon(true);
        hearing.setDaemon(true);
    }

    TalkingEnd start() {
        saying.start();
        hearing.start();
        return this;
    }

    String name() {
        return name;
    }

    /** How many bytes it has said, its number not counted. */
    long said() {
        return said;
    }

    /** How many it has heard. */
    long heard() {
        return heard;
    }

    /** The first place at which it heard something else than what follows from the number; -1: there was none. */
    long firstOther() {
        return firstOther;
    }

    /** Whether it has been closed, or the other end has gone. */
    boolean over() {
        return over;
    }

    void awaitEnd() throws InterruptedException {
        hearing.join();
    }

    /** Ends it with a reset; nothing happens where it is over. */
    void reset() {
        over = true;
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // The other end was faster: it is closed already.
        }
        closeSocket();
    }

    @Override
    public void close() {
        over = true; // at once: whoever looks for one that is up does not wait for a thread to notice
        closeSocket();
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
        }
    }

    private void say() {
        final byte[] piece = new byte[LARGEST_PIECE];
        try {
            final DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeLong(number);
            while (!over && !socket.isClosed()) {
                final int most = bytesPerSecond == 0
                        ? LARGEST_PIECE
                        : (int) Math.min(LARGEST_PIECE, Math.max(1, 2 * bytesPerSecond / PIECES_A_SECOND));
                final int length = 1 + random.nextInt(most);
                EndlessBytes.fill(number, piece, length, said);
                out.write(piece, 0, length);
                said += length;
                if (bytesPerSecond > 0) {
                    LockSupport.parkNanos(1_000_000_000L * length / bytesPerSecond);
                }
            }
        } catch (IOException e) {
            // The other end has gone: what it heard counts.
        }
    }

    private void hear() {
        final byte[] buffer = new byte[32_768];
        try {
            final DataInputStream in = new DataInputStream(socket.getInputStream());
            final long theirs = in.readLong();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (firstOther < 0) {
                    firstOther = EndlessBytes.firstOther(theirs, buffer, length, heard);
                }
                heard += length;
            }
        } catch (IOException e) {
            // An end as well.
        }
        close();
    }
}
