package org.tandemgw.gateway.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One end of a two-way session: says its own endless bytes in pieces of any size, and compares what it hears with those of the other end, byte for byte. Two threads.
 */
public final class Talker implements AutoCloseable {
    private static final int LARGEST_PIECE = 70_000;

    private final Socket socket;
    private final EndlessBytes mine;
    private final EndlessBytes theirs;
    private final Random random;
    private final Thread saying;
    private final Thread hearing;
    private final AtomicBoolean mayHear = new AtomicBoolean(true);
    private volatile long limit;
    private volatile boolean endsThen;
    private volatile long said;
    private volatile long heard;
    private volatile long firstOther = -1;
    private volatile boolean heardEnd;
    private volatile boolean closed;

    /**
     * One that says nothing yet.
     *
     * @param mine the seed of what it says
     * @param theirs that of what it should hear
     */
    public Talker(Socket socket, long mine, long theirs) throws IOException {
        this.socket = socket;
        this.mine = new EndlessBytes(mine);
        this.theirs = new EndlessBytes(theirs);
        this.random = new Random(mine);
        socket.setTcpNoDelay(true);
        saying = new Thread(this::say, "saying");
        hearing = new Thread(this::hear, "hearing");
        saying.start();
        hearing.start();
    }

    /** Says so many bytes in all. */
    public Talker sayUpTo(long bytes) {
        limit = bytes;
        synchronized (this) {
            notifyAll();
        }
        return this;
    }

    /** After what it says it says that there is no more. */
    public Talker andEnd() {
        endsThen = true;
        synchronized (this) {
            notifyAll();
        }
        return this;
    }

    /** Reads nothing, or reads again. */
    void hear(boolean on) {
        mayHear.set(on);
        synchronized (mayHear) {
            mayHear.notifyAll();
        }
    }

    /** How much it has said. */
    public long said() {
        return said;
    }

    /** How much it has heard. */
    public long heard() {
        return heard;
    }

    /** The first place at which it heard something else than what was said; -1: there was none. */
    public long firstOther() {
        return firstOther;
    }

    /** Whether it has heard that there is no more. */
    public boolean heardEnd() {
        return heardEnd;
    }

    Socket socket() {
        return socket;
    }

    /** Ends it with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        hear(true);
        synchronized (this) {
            notifyAll();
        }
    }

    private void say() {
        final byte[] piece = new byte[LARGEST_PIECE];
        try {
            final OutputStream out = socket.getOutputStream();
            while (!closed) {
                final long left = limit - said;
                if (left > 0) {
                    final int most = random.nextInt(4) == 0 ? 40 : LARGEST_PIECE;
                    final int length = (int) Math.min(left, 1 + random.nextInt(most));
                    mine.fill(piece, length, said);
                    out.write(piece, 0, length);
                    said += length;
                } else if (endsThen) {
                    socket.shutdownOutput();
                    return;
                } else {
                    synchronized (this) {
                        wait(10);
                    }
                }
            }
        } catch (IOException e) {
            // The other end has gone: what it heard counts.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear() {
        final byte[] buffer = new byte[32_000];
        try {
            final InputStream in = socket.getInputStream();
            while (true) {
                synchronized (mayHear) {
                    while (!mayHear.get() && !closed) {
                        mayHear.wait();
                    }
                }
                final int length = in.read(buffer);
                if (length < 0) {
                    break;
                }
                if (firstOther < 0) {
                    firstOther = theirs.firstOther(buffer, length, heard);
                }
                heard += length;
            }
        } catch (IOException e) {
            // An end as well.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        heardEnd = true;
    }
}
