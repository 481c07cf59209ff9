package org.tandemgw.gateway.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.time.Clock;

/**
 * Pulls one journal into one logged-in client, on the feed's thread. It writes while the channel is writable and the turn lasts, and is called
 * again when records come or the channel drains; it never waits. A client that does not read costs its socket buffer and the write mark.
 */
final class SoupSession implements ChannelFutureListener {
    /** A turn also ends after this many batches: records may be long. */
    private static final int BATCHES_PER_TURN = 16;

    private final Channel channel;
    private final JournalReader reader;
    private final ServerFeed feed;
    private final RecordEncoder encoder;
    private final FeedLimits limits;
    private final Clock clock;
    private final Consumer<Throwable> failed;
    private final Runnable lostItsPlace;
    private final Runnable nextTurn = this::turn;

    private final JournalRecord record = new JournalRecord();
    private final InFlight inFlight = new InFlight();
    private final StreamDigest digest = new StreamDigest();
    private final CRC32C crc = new CRC32C();

    private long next;
    private long sent;
    private long lastWriteNs;
    private long lastAtNs;
    private boolean held;
    private boolean behind;
    private boolean pumping;
    private boolean turnPlanned;
    private boolean closed;

    /**
     * Begins at {@code start}, where the reader stands.
     *
     * @param feed whose cursor moves; null for an observer
     * @param encoder shared by the sessions of this thread: holds one batch, for the length of a call
     * @param failed whom to tell when a promise of our own is broken
     * @param lostItsPlace whom to tell when what comes next was dropped: then the session has to end, for the client counts for itself
     */
    SoupSession(
            Channel channel,
            JournalReader reader,
            long start,
            ServerFeed feed,
            RecordEncoder encoder,
            FeedLimits limits,
            Clock clock,
            Consumer<Throwable> failed,
            Runnable lostItsPlace) {
        this.channel = channel;
        this.reader = reader;
        this.feed = feed;
        this.encoder = encoder;
        this.limits = limits;
        this.clock = clock;
        this.failed = failed;
        this.lostItsPlace = lostItsPlace;
        this.next = start;
        this.sent = start - 1;
        this.lastWriteNs = clock.nanoTime();
        if (feed != null) {
            digest.begin(
                    start - 1,
                    start == 1 || (start - 1) % StreamDigest.BLOCK != 0
                            ? null
                            : feed.journal().digest(start - 1));
            publishDigest();
        }
    }

    /** The last sequence handed to the channel. */
    long handedOver() {
        return next - 1;
    }

    /** Sends what there is, as far as the channel and the turn allow. Call it whenever records may have come or the channel has drained. */
    void pump() {
        if (closed || pumping) {
            return;
        }
        if (reader.lostItsPlace()) {
            lostItsPlace.run();
            return;
        }
        pumping = true;
        try {
            int budget = limits.recordsPerTurn();
            int batches = BATCHES_PER_TURN;
            boolean more = true;
            while (more && budget > 0 && batches-- > 0 && !closed && canWrite()) {
                final int written = writeBatch(budget);
                more = written > 0;
                budget -= written;
            }
            if (!closed) {
                endTurn(more);
            }
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        } finally {
            pumping = false;
        }
    }

    /** A heartbeat, if nothing was written for long enough and the channel would take it. */
    void tick(long nowNs) {
        final long dueNs = (limits.heartbeatMs() - limits.tickMs() / 2) * 1_000_000L;
        if (nowNs - lastWriteNs >= dueNs && channel.isWritable()) {
            lastWriteNs = nowNs;
            channel.writeAndFlush(
                    Unpooled.wrappedBuffer(SoupPackets.empty(SoupPackets.SERVER_HEARTBEAT)), channel.voidPromise());
        }
    }

    /** The socket took the oldest batch, or the channel failed. */
    @Override
    public void operationComplete(ChannelFuture future) {
        if (closed || !future.isSuccess()) {
            return;
        }
        final boolean waited = inFlight.isFull();
        sent = inFlight.remove();
        if (!pumping) {
            progress();
            if (waited) {
                pump();
            }
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            reader.close();
        }
    }

    private boolean canWrite() {
        return channel.isWritable() && !inFlight.isFull();
    }

    private int writeBatch(int budget) {
        int count = 0;
        long firstAtNs = 0;
        encoder.clear();
        while (count < budget && !encoder.isFull() && (held || reader.next(record))) {
            held = false;
            if (record.sequence() != next) {
                throw new IllegalStateException(
                        "the journal gave " + record.sequence() + " where " + next + " was due");
            }
            encoder.add(record);
            firstAtNs = count == 0 ? record.atNs() : firstAtNs;
            lastAtNs = record.atNs();
            next++;
            count++;
            if (feed != null) {
                count(encoder);
            }
        }
        if (count > 0) {
            write(firstAtNs);
        }
        return count;
    }

    private void write(long firstAtNs) {
        final ByteBuf buffer = channel.alloc().directBuffer(encoder.size(), encoder.size());
        buffer.writeBytes(encoder.bytes(), 0, encoder.size());
        inFlight.add(next - 1, firstAtNs);
        lastWriteNs = clock.nanoTime();
        channel.writeAndFlush(buffer).addListener(this);
    }

    private void count(RecordEncoder encoded) {
        crc.reset();
        crc.update(encoded.bytes(), encoded.bodyOffset(), encoded.bodyLength());
        if (digest.add((int) crc.getValue())) {
            if (digest.through() < 0) {
                digest.know(feed.journal().digest(next - 1));
            }
            publishDigest();
        }
    }

    private void publishDigest() {
        feed.digest(digest.through(), digest.hex());
    }

    private void endTurn(boolean more) {
        holdOne();
        behind = more && !held && canWrite();
        progress();
        if (behind) {
            planTurn();
        }
    }

    /** While the client is slow, the record that waits first is read ahead: its arrival says how far the client is behind. */
    private void holdOne() {
        if (!held && !canWrite()) {
            held = reader.next(record);
        }
    }

    private void progress() {
        if (feed != null) {
            feed.progress(sent, oldestUnsentAtNs());
        }
    }

    private long oldestUnsentAtNs() {
        return !inFlight.isEmpty() ? inFlight.oldestAtNs() : held ? record.atNs() : behind ? lastAtNs : 0;
    }

    private void planTurn() {
        if (!turnPlanned) {
            turnPlanned = true;
            channel.eventLoop().execute(nextTurn);
        }
    }

    private void turn() {
        turnPlanned = false;
        pump();
    }
}
