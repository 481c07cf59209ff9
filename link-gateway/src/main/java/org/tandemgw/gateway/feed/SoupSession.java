package org.tandemgw.gateway.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.time.RecordClock;

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
    private final SendLedger ledger;
    private final CatchUpLimit catchUp;
    private final RecordEncoder encoder;
    private final FeedLimits limits;
    private final RecordClock clock;
    private final Consumer<Throwable> failed;
    private final Runnable lostItsPlace;
    private final Runnable nextTurn = this::turn;
    private final Runnable morePermits = this::morePermits;
    private final ChannelFutureListener heartbeatDone = this::heartbeatDone;

    private final JournalRecord record = new JournalRecord();
    private final InFlight inFlight = new InFlight();
    private final StreamDigest digest = new StreamDigest();

    private long next;
    private long sent;
    private long lastWriteNs;
    private long lastAtNs;
    private boolean held;
    private boolean behind;
    private boolean pumping;
    private boolean turnPlanned;
    private boolean waiting;
    private boolean closed;

    /**
     * Begins at {@code start}, where the reader stands.
     *
     * @param feed whose cursor moves; null for an observer
     * @param ledger what the socket has taken; null for an observer
     * @param catchUp how fast old records may go; null: as fast as the client takes them
     * @param encoder shared by the sessions of this thread: holds one batch, for the length of a call
     * @param failed whom to tell when a promise of our own is broken
     * @param lostItsPlace whom to tell when what comes next was dropped: then the session has to end, for the client counts for itself
     */
    SoupSession(
            Channel channel,
            JournalReader reader,
            long start,
            ServerFeed feed,
            SendLedger ledger,
            CatchUpLimit catchUp,
            RecordEncoder encoder,
            FeedLimits limits,
            RecordClock clock,
            Consumer<Throwable> failed,
            Runnable lostItsPlace) {
        this.channel = channel;
        this.reader = reader;
        this.feed = feed;
        this.ledger = ledger;
        this.catchUp = catchUp;
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
        if (waiting) {
            return;
        }
        pumping = true;
        try {
            int budget = limits.recordsPerTurn();
            int batches = BATCHES_PER_TURN;
            boolean more = true;
            while (more && !waiting && budget > 0 && batches-- > 0 && !closed && canWrite()) {
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
            noteHandedOver();
            channel.writeAndFlush(Unpooled.wrappedBuffer(SoupPackets.empty(SoupPackets.SERVER_HEARTBEAT)))
                    .addListener(heartbeatDone);
        }
    }

    private void heartbeatDone(ChannelFuture future) {
        if (ledger != null && future.isSuccess()) {
            ledger.taken();
        }
    }

    private void noteHandedOver() {
        if (ledger != null) {
            ledger.handedOver();
        }
    }

    /** The socket took the oldest batch, or the channel failed. */
    @Override
    public void operationComplete(ChannelFuture future) {
        if (closed || !future.isSuccess()) {
            return;
        }
        final boolean waited = inFlight.isFull();
        final int bytes = inFlight.oldestBytes();
        sent = inFlight.remove();
        if (ledger != null) {
            ledger.taken(bytes, sent);
        }
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
        final long liveFromNs = liveFromNs();
        encoder.clear();
        while (count < budget && !encoder.isFull() && (held || reader.next(record))) {
            if (record.atNs() < liveFromNs && !catchUp.take()) {
                held = true;
                awaitPermits();
                break;
            }
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
                count();
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
        inFlight.add(next - 1, firstAtNs, encoder.size());
        lastWriteNs = clock.nanoTime();
        noteHandedOver();
        channel.writeAndFlush(buffer).addListener(this);
    }

    private void count() {
        if (digest.add(encoder.bodyCrc())) {
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

    /** Records that came before this need a permit. */
    private long liveFromNs() {
        if (catchUp == null) {
            return Long.MIN_VALUE;
        }
        catchUp.fill(clock.nanoTime());
        return clock.recordNs() - CatchUpLimit.LIVE_NS;
    }

    private void awaitPermits() {
        waiting = true;
        channel.eventLoop().schedule(morePermits, CatchUpLimit.WAIT_MS, TimeUnit.MILLISECONDS);
    }

    private void morePermits() {
        waiting = false;
        pump();
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
