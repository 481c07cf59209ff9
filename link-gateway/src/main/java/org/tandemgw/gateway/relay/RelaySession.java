package org.tandemgw.gateway.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.time.RecordClock;

/**
 * A server's connection and the one that was dialled to the ACD for it, as long as both last. What comes from one is put down and goes to the other as it is.
 * What one of them does not take is not read from the other: so a slow server slows the ACD on its own leg, and nobody else. The end of one is shown to the other
 * behind the last byte; it may then close too. The ACD's thread.
 */
final class RelaySession implements RelayEnd.Owner {
    /** What becomes of it. */
    interface Owner {
        /** One end has closed: no more than what is on its way will pass. */
        void ending(RelaySession session, RelayEnd first, String why);

        /** The other one has been shown that, behind everything that was on its way. */
        void endShown(RelaySession session);

        /** Both are closed. */
        void ended(RelaySession session);
    }

    private final RelayEnd server;
    private final Owner owner;
    private final int leg;
    private final RelayBook book;
    private final LegTally tally;
    private final RecordClock clock;
    private final EventLoop loop;
    private final long endingMs;
    private final byte[] scratch;

    private RelayEnd acd;
    private ScheduledFuture<?> deadline;
    private boolean ending;
    private boolean closed;
    private int shown;

    /** @param scratch shared by all of this thread */
    RelaySession(
            RelayEnd server,
            Owner owner,
            int leg,
            RelayBook book,
            LegTally tally,
            RecordClock clock,
            EventLoop loop,
            long endingMs,
            byte[] scratch) {
        this.server = server;
        this.owner = owner;
        this.leg = leg;
        this.book = book;
        this.tally = tally;
        this.clock = clock;
        this.loop = loop;
        this.endingMs = endingMs;
        this.scratch = scratch;
        server.ownedBy(this);
    }

    RelayEnd server() {
        return server;
    }

    /** The ACD has answered: bytes pass from now on. */
    void joined(SocketChannel channel) {
        acd = new RelayEnd(channel, "the ACD", RelayBook.FROM_ACD, this);
        server.read(server.kept() == null);
        acd.read(true);
        goOn();
    }

    /** What is left of it is of no use to a server that comes again: it has closed this one, or has been shown that the ACD has. */
    boolean isOverForTheServer() {
        return server.inputHasEnded() || shown > 0;
    }

    /** Ends it now, whatever is on its way. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        tally.of(RelayBook.FROM_ACD).stalled(false, 0);
        tally.of(RelayBook.TO_ACD).stalled(false, 0);
        if (deadline != null) {
            deadline.cancel(false);
        }
        server.close();
        if (acd != null) {
            acd.close();
        }
    }

    @Override
    public void read(RelayEnd from, ByteBuf bytes) {
        if (closed) {
            bytes.release();
        } else if (from.kept() != null) {
            from.keep(Unpooled.wrappedBuffer(from.kept(), bytes)); // a read that was under way
        } else if (acd == null || !book.isReadyFor(leg, bytes.readableBytes())) {
            from.keep(bytes);
            from.read(false);
            loop.schedule(this::goOn, RelayBook.LATE_NS, TimeUnit.NANOSECONDS);
        } else {
            pass(from, bytes);
        }
    }

    private void pass(RelayEnd from, ByteBuf bytes) {
        final RelayEnd to = other(from);
        final int length = bytes.readableBytes();
        for (int done = 0; done < length; ) {
            final int chunk = Math.min(length - done, scratch.length);
            bytes.getBytes(bytes.readerIndex() + done, scratch, 0, chunk);
            book.record(leg, from.direction(), scratch, chunk, clock.recordNs());
            done += chunk;
        }
        tally.passed(from.direction(), length, clock.nanoTime());
        if (!to.write(bytes)) {
            tally.undelivered(length);
        } else if (!to.isWritable()) {
            from.read(false);
            tally.of(from.direction()).stalled(true, clock.nanoTime());
        }
    }

    /** What waited for room, or for the ACD, may pass now. */
    void goOn() {
        if (!closed && acd != null) {
            passKept(server);
            passKept(acd);
        }
    }

    private void passKept(RelayEnd from) {
        final ByteBuf first = from.kept();
        if (first == null || !book.isReadyFor(leg, first.readableBytes())) {
            return;
        }
        from.keep(null);
        from.read(!from.inputHasEnded());
        pass(from, first);
        readComplete(from);
    }

    @Override
    public void readComplete(RelayEnd from) {
        if (!closed && acd != null) {
            other(from).flush();
            book.endOfBatch();
        }
    }

    @Override
    public void writability(RelayEnd end) {
        if (!closed && acd != null) {
            final RelayEnd from = other(end);
            tally.of(from.direction()).stalled(!end.isWritable(), clock.nanoTime());
            from.read(end.isWritable() && from.kept() == null && !from.inputHasEnded());
        }
    }

    @Override
    public void ended(RelayEnd from, String why) {
        if (closed) {
            return;
        }
        if (!ending) {
            ending = true;
            deadline = loop.schedule(this::over, endingMs, TimeUnit.MILLISECONDS);
            owner.ending(this, from, why);
        }
        if (acd == null) {
            over();
        } else {
            if (from.kept() != null) { // it is not read while it has some, and yet
                final ByteBuf last = from.kept();
                from.keep(null);
                pass(from, last);
            }
            other(from).end(this::shown);
        }
    }

    /** Over when each has seen the end of the other. Not before: a socket that is closed with bytes unread takes those with it that are on their way out. */
    private void shown() {
        shown++;
        if (shown == 2) {
            over();
        } else if (!closed) {
            owner.endShown(this);
        }
    }

    @Override
    public void failed(Throwable cause) {
        book.failed(cause);
        over();
    }

    private void over() {
        if (!closed) {
            close();
            owner.ended(this);
        }
    }

    private RelayEnd other(RelayEnd end) {
        return end == server ? acd : server;
    }
}
