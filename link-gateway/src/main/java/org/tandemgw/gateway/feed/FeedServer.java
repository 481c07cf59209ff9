package org.tandemgw.gateway.feed;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tandemgw.gateway.feed.FeedServerStatus.Listening;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.net.Marking;
import org.tandemgw.gateway.net.PacedSelect;
import org.tandemgw.gateway.time.LatencyCounts;
import org.tandemgw.gateway.time.RecordClock;

/**
 * The feeds of one server at one address, in one protocol: listens there, and runs every connection on its one thread, {@code feed-<server>}. Opened and
 * closed by the composition; {@link #status()} may be asked from any thread.
 */
public abstract class FeedServer implements AutoCloseable {
    private static final int LOW_MARK_BYTES = 64 * 1024;
    private static final int HIGH_MARK_BYTES = 192 * 1024;
    private static final int RECEIVE_BYTES = 2 * 1024;
    private static final int SOCKET_RECEIVE_BYTES = 16 * 1024;
    private static final int BACKLOG = 256;

    private volatile FeedSettings settings;
    private final List<ServerFeed> feeds;
    private final List<Waker> wakers = new ArrayList<>();
    private final Visitors visitors;
    private final FeedDesk desk;
    private final RecordClock clock;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final byte[] scratch = new byte[RECEIVE_BYTES];

    private final FeedDoor socket;

    /**
     * Begins nothing yet.
     *
     * @param journals in the order of the file: a blank session means the first
     * @param events called on this server's thread
     */
    FeedServer(FeedSettings settings, List<LinkJournal> journals, RecordClock clock, FeedEvents events) {
        if (journals.isEmpty()) {
            throw new IllegalArgumentException("server " + settings.server() + " has no journal to be fed from");
        }
        this.settings = settings;
        this.feeds = journals.stream().map(each -> feed(each, clock)).toList();
        this.clock = clock;
        this.visitors = new Visitors(settings.server(), settings.limits().waiting(), events);
        this.desk = new FeedDesk(settings, feeds, visitors, clock, events);
        final ThreadFactory threads = task -> new FastThreadLocalThread(task, "feed-" + settings.server());
        this.group = new MultiThreadIoEventLoopGroup(
                1, threads, NioIoHandler.newFactory(SelectorProvider.provider(), PacedSelect.FACTORY));
        this.loop = group.next();
        this.socket = settings.dial()
                ? new DialSocket(
                        loop,
                        settings.address(),
                        settings.limits().retryMs(),
                        settings.dscp(),
                        this::prepare,
                        this::accepted)
                : new ListenSocket(
                        bootstrap(), settings.address(), settings.limits().retryMs());
        for (int i = 0; i < feeds.size(); i++) {
            wakers.add(new Waker(i));
        }
    }

    /**
     * Listens, or begins to wait for an address that is not there yet.
     *
     * @throws BindException if the address is there and the port cannot be had
     */
    public void start() throws BindException {
        try {
            socket.open();
        } catch (BindException e) {
            close();
            throw e;
        }
        for (int i = 0; i < feeds.size(); i++) {
            feeds.get(i).journal().onReadable(wakers.get(i));
        }
        loop.scheduleAtFixedRate(
                () -> visitors.tick(clock.nanoTime()),
                settings.limits().tickMs(),
                settings.limits().tickMs(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * Goes on by other settings of the same server at the same address. Who is connected stays connected, but for observers whose user or password is another
     * now, and the server itself if its user is: it continues where it was. Any other thread; waits.
     */
    public void follow(FeedSettings next) {
        loop.submit(() -> {
                    final FeedSettings before = settings;
                    settings = next;
                    desk.follow(next);
                    loginFollows();
                    visitors.follow(before, next, desk);
                })
                .awaitUninterruptibly();
    }

    /** The desk has other settings now. The feed's thread. */
    abstract void loginFollows();

    /** Where it listens, or null while it does not. */
    public InetSocketAddress address() {
        return socket.boundTo();
    }

    /** How long records took from their arrival until the server had them, for each ACD; to be read. Any thread. */
    public Map<String, LatencyCounts> arrivalToServer() {
        return feeds.stream().collect(Collectors.toMap(feed -> feed.journal().acd(), ServerFeed::arrivalToServer));
    }

    List<ServerFeed> feeds() {
        return feeds;
    }

    long catchUpPerSecond() {
        return settings.limits().catchUpPerSecond();
    }

    /** How it stands. Any thread. */
    public FeedServerStatus status() {
        return new FeedServerStatus(
                settings.server(),
                socket.state(),
                visitors.waiting(),
                visitors.pushedOut(),
                visitors.late(),
                feeds.stream().map(ServerFeed::status).toList());
    }

    /** What stands against the server, per ACD. Any thread. */
    public Map<String, AheadClaim> claims() {
        final Map<String, AheadClaim> claims = new HashMap<>();
        for (final ServerFeed feed : feeds) {
            final AheadClaim claim = feed.claim();
            if (claim != null) {
                claims.put(feed.journal().acd(), claim);
            }
        }
        return claims;
    }

    /** Sets what an earlier run has left standing; null if nothing. Before the start. */
    public void claim(String acd, AheadClaim claim) {
        of(acd).forEach(feed -> feed.claim(claim));
    }

    /**
     * The present generation of this ACD's journal was never fed to the server: it cannot have anything of it from us. Before the start.
     *
     * @param shared the last sequence that this generation has in common with the one that it was restored from; 0 if it was not restored
     * @param durably makes durable that the server has logged in, and then runs what it was given, on any thread, also where it
     *     could not; asked on the feed's thread: returns at once
     */
    public void neverFed(String acd, long shared, Consumer<Runnable> durably) {
        of(acd).forEach(feed -> feed.neverFed(shared, durably));
    }

    /** An operator answers for it that what the server has is of this journal. Any thread. */
    public void letPass(String acd) {
        of(acd).forEach(ServerFeed::letPass);
    }

    private Stream<ServerFeed> of(String acd) {
        return feeds.stream().filter(feed -> feed.journal().acd().equals(acd));
    }

    /** Closes every connection without a word: an end of session would say that the stream is over. */
    @Override
    public void close() {
        for (int i = 0; i < feeds.size(); i++) {
            feeds.get(i).journal().offReadable(wakers.get(i));
        }
        if (!group.isShuttingDown()) {
            loop.submit(this::closeInLoop).awaitUninterruptibly();
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private void closeInLoop() {
        socket.close();
        visitors.closeAll("the gateway stops");
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(group)
                .channelFactory(
                        Marking.listening(settings.dscp(), settings.address().getAddress()))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_RCVBUF, SOCKET_RECEIVE_BYTES)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        prepare(channel);
                        accepted(channel);
                    }
                });
    }

    private void prepare(SocketChannel channel) {
        channel.config()
                .setTcpNoDelay(true)
                .setAllocator(PooledByteBufAllocator.DEFAULT)
                .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                .setWriteBufferWaterMark(new WriteBufferWaterMark(LOW_MARK_BYTES, HIGH_MARK_BYTES));
        if (settings.dscp() != 0) {
            channel.config().setTrafficClass(Marking.option(settings.dscp()));
        }
    }

    private void accepted(SocketChannel channel) {
        final FeedConnection connection = connection(channel, scratch);
        channel.pipeline().addLast(connection);
        if (socket.state() == Listening.CLOSED) {
            channel.close();
        } else {
            visitors.enter(connection);
        }
    }

    /** A connection in this server's protocol. {@code scratch} is shared by all of this thread. */
    abstract FeedConnection connection(SocketChannel channel, byte[] scratch);

    /** The word of the configuration for this protocol. */
    public abstract String kind();

    /** Makes those who are fed from the journal at this place look again; any thread. */
    final Runnable waker(int index) {
        return wakers.get(index);
    }

    final FeedDesk desk() {
        return desk;
    }

    private ServerFeed feed(LinkJournal journal, RecordClock clock) {
        final long confirmed = settings.confirmed().getOrDefault(journal.acd(), -1L);
        final long waitingSinceNs = confirmed < 0 ? 0 : arrivalAfter(journal, confirmed);
        return new ServerFeed(settings.server(), journal, confirmed, waitingSinceNs, clock);
    }

    private static long arrivalAfter(LinkJournal journal, long sequence) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            return reader.seek(Math.max(sequence + 1, journal.oldest())) && reader.next(record) ? record.atNs() : 0;
        }
    }

    /** Many calls from the journal's threads, at most one task waiting on ours. */
    private final class Waker implements Runnable {
        private final AtomicBoolean planned = new AtomicBoolean();
        private final Runnable onLoop;

        private Waker(int index) {
            this.onLoop = () -> {
                planned.set(false);
                visitors.wake(index);
                feeds.get(index).missed();
            };
        }

        @Override
        public void run() {
            if (planned.compareAndSet(false, true)) {
                try {
                    loop.execute(onLoop);
                } catch (RejectedExecutionException closing) {
                    // The loop has ended: nobody is left to be woken, and the flag stays up.
                }
            }
        }
    }
}
