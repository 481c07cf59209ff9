package org.tandemgw.gateway.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordSource;
import org.tandemgw.gateway.time.RecordClock;

/**
 * Pulls one journal into one logged-in client, on the feed's thread. It writes while the channel is writable and the turn lasts, and is called
 * again when records come or the channel drains; it never waits. A client that does not read costs its socket buffer and the write mark.
 */
final class FeedSession implements ChannelFutureListener {
    /** A turn also ends after this many batches: records may be long. */
    private static final int BATCHES_PER_TURN = 16;

    private final Channel channel;
    private final RecordSource reader;
    private final ServerFeed feed;
    private final SendLedger ledger;
    private CatchUpLimit catchUp;
    private final SessionForm form;
    private final FeedLimits limits;
    private final RecordClock clock;
    private final Consumer<Throwable> failed;
    private final Runnable lostItsPlace;
    private final LongConsumer broken;
    private final Runnable nextTurn = this::turn;
    private final Runnable morePermits = this::morePermits;
    private final ChannelFutureListener otherDone = this::otherDone;

    private final JournalRecord record = new JournalRecord();
    private final InFlight inFlight = new InFlight();

    private final long loginAtNs;
    private long next;
    private long sent;
    private long lastWriteNs;
    private long lastAtNs;
    private long lastRoundNs;
    private long brokenAt;
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
     * @param form what the protocol makes of records
     * @param failed whom to tell when a promise of our own is broken
     * @param lostItsPlace whom to tell when what comes next was dropped: then the session has to end, for the client counts for itself
     * @param broken whom to tell that the connection has to end before a record, of which sequence; everything before it has been written
     */
    FeedSession(
            Channel channel,
            RecordSource reader,
            long start,
            ServerFeed feed,
            SendLedger ledger,
            CatchUpLimit catchUp,
            SessionForm form,
            FeedLimits limits,
            RecordClock clock,
            Consumer<Throwable> failed,
            Runnable lostItsPlace,
            LongConsumer broken) {
        this.channel = channel;
        this.reader = reader;
        this.feed = feed;
        this.ledger = ledger;
        this.catchUp = catchUp;
        this.form = form;
        this.limits = limits;
        this.clock = clock;
        this.failed = failed;
        this.lostItsPlace = lostItsPlace;
        this.broken = broken;
        this.next = start;
        this.sent = start - 1;
        this.lastWriteNs = clock.nanoTime();
        this.loginAtNs = clock.recordNs();
    }

    /** Old records go as fast as this allows from now on; null: as fast as the client takes them. */
    void catchUp(CatchUpLimit next) {
        catchUp = next;
        pump();
    }

    /** The last sequence handed to the channel. */
    long handedOver() {
        return next - 1;
    }

    /** Whether TCP has acknowledged all of it; of an observer nobody asks. */
    boolean isAcknowledged() {
        return ledger == null || ledger.acknowledged() >= handedOver();
    }

    /** Sends what there is, as far as the channel and the turn allow. Call it whenever records may have come or the channel has drained. */
    void pump() {
        if (closed || pumping || brokenAt > 0) {
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
            while (more && !waiting && brokenAt == 0 && budget > 0 && batches-- > 0 && !closed && canWrite()) {
                final int written = writeBatch(budget);
                more = written > 0;
                budget -= written;
            }
            if (!closed && brokenAt > 0) {
                progress();
                broken.accept(brokenAt);
            } else if (!closed) {
                endTurn(more);
            }
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        } finally {
            pumping = false;
        }
    }

    /** A heartbeat, if there is one, nothing was written for long enough and the channel would take it. */
    void tick(long nowNs) {
        if (closed) {
            return;
        }
        final long dueNs = (limits.heartbeatMs() - limits.tickMs() / 2) * 1_000_000L;
        if (form.heartbeat() == null) {
            round(nowNs);
        } else if (nowNs - lastWriteNs >= dueNs && channel.isWritable()) {
            say(form.heartbeat());
        }
    }

    /** Rounds that come together, because the thread was held up, are one. */
    private void round(long nowNs) {
        if (ledger != null
                && channel.config().isAutoRead()
                && nowNs - lastRoundNs >= limits.tickMs() / 2 * 1_000_000L) {
            lastRoundNs = nowNs;
            ledger.round();
        }
    }

    /** Says something that is no record, between records. */
    void say(byte[] other) {
        lastWriteNs = clock.nanoTime();
        noteHandedOver();
        channel.writeAndFlush(Unpooled.wrappedBuffer(other)).addListener(otherDone);
    }

    private void otherDone(ChannelFuture future) {
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
        final long oldestAtNs = inFlight.oldestAtNs();
        final long before = sent;
        sent = inFlight.remove();
        count(oldestAtNs, (int) (sent - before));
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

    /** Each record of a batch counts as having taken as long as the first. What came before the login waited for the server and not for us. */
    private void count(long oldestAtNs, int records) {
        if (feed != null && oldestAtNs >= loginAtNs) {
            feed.arrivalToServer().add(clock.recordNs() - oldestAtNs, records);
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
        form.clear();
        while (count < budget && !form.isFull() && (held || reader.next(record))) {
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
            if (!form.add(record)) {
                brokenAt = record.sequence();
                break;
            }
            firstAtNs = count == 0 ? record.atNs() : firstAtNs;
            lastAtNs = record.atNs();
            next++;
            count++;
        }
        if (count > 0) {
            write(firstAtNs);
        }
        return count;
    }

    /** Also where the protocol has no words for any of the records: then they are had once everything before them is. */
    private void write(long firstAtNs) {
        inFlight.add(next - 1, firstAtNs, form.size());
        if (form.size() == 0) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(this);
            return;
        }
        final ByteBuf buffer = channel.alloc().directBuffer(form.size(), form.size());
        buffer.writeBytes(form.bytes(), 0, form.size());
        lastWriteNs = clock.nanoTime();
        noteHandedOver();
        channel.writeAndFlush(buffer).addListener(this);
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
