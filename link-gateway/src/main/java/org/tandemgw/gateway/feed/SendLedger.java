package org.tandemgw.gateway.feed;

import java.net.InetSocketAddress;
import org.tandemgw.gateway.feed.TcpTableLine.End;

/**
 * Which sequences of one connection TCP has acknowledged: what the socket took, less what the kernel's table says is still on its way. Never more
 * than that: bytes are counted as taken before the table is read, a batch counts when all of it is acknowledged, and a line of the table is believed
 * when its socket is known to be this connection's.
 *
 * <p>How it is known: the table names addresses, and another connection may have taken them over from one that died unnoticed. So the first look
 * only learns which socket has them. If the connection takes something that is handed over afterwards, it was alive during that look: the
 * addresses were its own then, and so is the socket, for good. Where nothing may be said just to see that, the feed's own round has to have come twice since,
 * without an end of the connection to be read: that proves the same.
 *
 * <p>The feed's thread writes down each batch that the socket has taken; the thread that looks reads. Bounded: when {@link #CAPACITY} batches
 * are on their way, every second one is forgotten, and what is acknowledged is known less finely.
 */
final class SendLedger {
    static final int CAPACITY = 512;

    private final End local;
    private final End remote;
    private final long[] sequences = new long[CAPACITY];
    private final long[] bytesThrough = new long[CAPACITY];
    private int size;
    private long takenBytes;
    private long takenBeforeLook;
    private long acknowledged;
    private long handedOver;
    private long done;
    private long inode;
    private long handedOverWhenSeen;
    private long rounds;
    private long roundsWhenSeen;
    private long samples;

    /** For a connection that is fed from {@code start} on. */
    SendLedger(InetSocketAddress local, InetSocketAddress remote, long start) {
        this.local = End.of(local);
        this.remote = End.of(remote);
        this.acknowledged = start - 1;
    }

    /** Something is about to be written, a batch or a heartbeat. */
    synchronized void handedOver() {
        handedOver++;
    }

    /** A round of the feed's thread, which would have read an end of the connection. */
    synchronized void round() {
        rounds++;
    }

    /** The socket has taken a heartbeat. */
    synchronized void taken() {
        done++;
    }

    /** The socket has taken a batch of so many bytes, which ends with {@code sequence}. One of none is had with what was before it, and proves nothing. */
    synchronized void taken(int bytes, long sequence) {
        done += bytes > 0 ? 1 : 0;
        takenBytes += bytes;
        if (size == CAPACITY) {
            thinOut();
        }
        sequences[size] = sequence;
        bytesThrough[size] = takenBytes;
        size++;
    }

    /**
     * To be called before the kernel's table is read: what the socket takes from now on is not counted in this look.
     *
     * @return false if a look would tell nothing new
     */
    synchronized boolean beforeLook() {
        takenBeforeLook = takenBytes;
        final boolean needed = inode == 0 || size > 0;
        samples += needed ? 0 : 1; // all of it is acknowledged
        return needed;
    }

    boolean isAbout(TcpTableLine line) {
        return line.isBetween(local, remote);
    }

    /** The table has told. */
    synchronized void look(long socket, long unacknowledgedBytes) {
        if (inode == 0) {
            inode = socket;
            handedOverWhenSeen = handedOver;
            roundsWhenSeen = rounds;
        } else if (inode == socket) {
            samples++;
            if (done > handedOverWhenSeen || rounds > roundsWhenSeen + 1) {
                acknowledgedBytes(takenBeforeLook - unacknowledgedBytes);
            }
        }
    }

    /** The last sequence that is acknowledged, and everything before it. */
    synchronized long acknowledged() {
        return acknowledged;
    }

    /** How often what is acknowledged was counted. */
    synchronized long samples() {
        return samples;
    }

    private void acknowledgedBytes(long through) {
        int whole = 0;
        while (whole < size && bytesThrough[whole] <= through) {
            whole++;
        }
        if (whole > 0) {
            acknowledged = sequences[whole - 1];
            size -= whole;
            System.arraycopy(sequences, whole, sequences, 0, size);
            System.arraycopy(bytesThrough, whole, bytesThrough, 0, size);
        }
    }

    private void thinOut() {
        size /= 2;
        for (int i = 0; i < size; i++) {
            sequences[i] = sequences[2 * i + 1];
            bytesThrough[i] = bytesThrough[2 * i + 1];
        }
    }
}
