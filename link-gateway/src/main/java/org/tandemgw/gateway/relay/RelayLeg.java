package org.tandemgw.gateway.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.leg.LegState;
import org.tandemgw.gateway.time.RecordClock;

/**
 * One leg that is passed through to one server: listens for that server, and dials the ACD when it has come. All methods but the queries run on the ACD's thread.
 *
 * <p>A second connection takes the place of a living one as soon as it says something, or once that one ends: a server that was cut off is not locked out by what is
 * left of it, and a port scanner costs no good session.
 */
final class RelayLeg implements RelaySession.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(RelayLeg.class);

    private final RelaySettings settings;
    private final RelayBook book;
    private final RecordClock clock;
    private final EventLoop loop;
    private final byte[] scratch;
    private final String name;
    private final LegTally tally = new LegTally();
    private final RelayDoor door;

    private volatile RelaySession session;
    private RelayEnd candidate;
    private ChannelFuture dialling;
    private ScheduledFuture<?> scheduled;
    private long lastDialNs;
    private boolean dialled;
    private boolean open;

    private volatile LegState state = LegState.DOWN;
    private volatile String lastError = "";
    private volatile boolean ofAcd;
    private volatile boolean bindMissing;
    private volatile long upSinceNs;
    private volatile long sessions;
    private volatile long failures;
    private volatile long replaced;

    /** @param scratch shared by all of this thread */
    RelayLeg(String acd, RelaySettings settings, RelayBook book, RecordClock clock, EventLoop loop, byte[] scratch) {
        this.settings = settings;
        this.book = book;
        this.clock = clock;
        this.loop = loop;
        this.scratch = scratch;
        this.name = acd + "/leg-" + settings.leg();
        this.door = new RelayDoor(name, settings, loop, this::came);
    }

    /** Awaits the server. */
    void open() {
        open = true;
        state = LegState.DOWN;
        lastError = "";
        door.open();
    }

    /** Ends the session, and awaits nobody. */
    void close(LegState rest, String why) {
        open = false;
        cancel(scheduled);
        door.close();
        drop(candidate);
        candidate = null;
        endSession(why);
        lastError = why;
        ofAcd = false;
        state = rest;
    }

    /** There is room on the disk again. */
    void goOn() {
        if (session != null) {
            session.goOn();
        }
    }

    void turn(long nowNs) {
        tally.turn(nowNs);
    }

    // --- the server comes ---

    private void came(SocketChannel channel) {
        final RelayEnd end = new RelayEnd(channel, settings.server(), RelayBook.TO_ACD, new Waiting());
        if (session == null) {
            begin(end);
        } else if (session.isOverForTheServer()) {
            take(end);
        } else {
            drop(candidate);
            candidate = end;
            end.read(true);
        }
    }

    /** A newer connection of the server is here in earnest. */
    private void take(RelayEnd end) {
        candidate = null;
        replaced = replaced + 1;
        LOG.warn(
                "{}: a newer connection of {} from {} takes the place of the one before",
                name,
                settings.server(),
                end.peer());
        endSession("a newer connection of " + settings.server() + " took its place");
        begin(end);
    }

    /** A connection that has not been given the leg: it is heard, and no more. */
    private final class Waiting implements RelayEnd.Owner {
        @Override
        public void read(RelayEnd end, ByteBuf bytes) {
            if (end != candidate) {
                bytes.release();
                return;
            }
            end.read(false);
            end.keep(bytes);
            take(end);
        }

        @Override
        public void readComplete(RelayEnd end) {
            // It has nobody to say it to.
        }

        @Override
        public void writability(RelayEnd end) {
            // Nothing is written to it.
        }

        @Override
        public void ended(RelayEnd end, String why) {
            if (end == candidate) {
                candidate = null;
            }
            end.close();
        }

        @Override
        public void failed(Throwable cause) {
            LOG.warn("{}: a connection could not be taken", name, cause);
        }
    }

    // --- the ACD is dialled ---

    private void begin(RelayEnd server) {
        final RelaySession next = new RelaySession(
                server,
                this,
                settings.leg(),
                book,
                tally,
                clock,
                loop,
                settings.times().endingMs(),
                scratch);
        session = next;
        state = LegState.CONNECTING;
        final long sinceMs = (clock.nanoTime() - lastDialNs) / 1_000_000;
        final long pauseMs = dialled ? settings.times().dialPauseMs() - sinceMs : 0;
        if (pauseMs > 0) {
            scheduled = loop.schedule(() -> dial(next), pauseMs, TimeUnit.MILLISECONDS);
        } else {
            dial(next);
        }
    }

    private void dial(RelaySession of) {
        if (session != of) {
            return;
        }
        dialled = true;
        lastDialNs = clock.nanoTime();
        final Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.times().connectMs())
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInitializer<NioSocketChannel>() {
                    @Override
                    protected void initChannel(NioSocketChannel channel) {
                        RelaySockets.prepare(channel);
                    }
                });
        final InetSocketAddress local = settings.bind() == null ? null : new InetSocketAddress(settings.bind(), 0);
        dialling = bootstrap.connect(settings.dial(), local);
        dialling.addListener((ChannelFuture attempt) -> {
            if (session != of) {
                attempt.channel().close();
            } else if (attempt.isSuccess()) {
                dialling = null;
                up(of, (SocketChannel) attempt.channel());
            } else {
                dialling = null;
                failed(attempt.cause());
            }
        });
    }

    private void up(RelaySession of, SocketChannel channel) {
        bindMissing = false;
        state = LegState.UP;
        upSinceNs = clock.nanoTime();
        sessions = sessions + 1;
        lastError = "";
        ofAcd = false;
        LOG.info(
                "{} is up: {} at {} has {}",
                name,
                settings.server(),
                of.server().peer(),
                channel.remoteAddress());
        book.sessionBegins(settings.leg());
        of.joined(channel);
    }

    /** The server is shown what is so: it dials again by itself. */
    private void failed(Throwable cause) {
        failures = failures + 1;
        final String text = RelaySockets.text(cause);
        bindMissing = RelaySockets.isAddressMissing(cause);
        if (!text.equals(lastError)) {
            LOG.warn("{}: {} has come, and the ACD cannot be reached: {}", name, settings.server(), text);
        }
        down(text, true);
        endSession(text);
        next();
    }

    // --- a session ends ---

    @Override
    public void ending(RelaySession of, RelayEnd first, String why) {
        LOG.info("{} is down: {}", name, why);
        down(why, first != of.server());
        book.sessionEnded(settings.leg(), why);
        giveToWhoWaits(of);
    }

    @Override
    public void endShown(RelaySession of) {
        giveToWhoWaits(of);
    }

    private void giveToWhoWaits(RelaySession of) {
        if (session == of && candidate != null && of.isOverForTheServer()) {
            take(candidate);
        }
    }

    @Override
    public void ended(RelaySession of) {
        if (session == of) {
            endSession("both ends have closed");
            next();
        }
    }

    private void next() {
        if (open && candidate != null && session == null) {
            final RelayEnd waiting = candidate;
            candidate = null;
            begin(waiting);
        }
    }

    private void endSession(String why) {
        final RelaySession of = session;
        if (of == null) {
            return;
        }
        session = null;
        cancel(scheduled);
        if (dialling != null) {
            dialling.cancel(false);
            dialling = null;
        }
        of.close();
        if (state == LegState.UP) {
            LOG.info("{} is down: {}", name, why);
            book.sessionEnded(settings.leg(), why);
            down(why, false);
        } else if (state == LegState.CONNECTING) {
            state = LegState.DOWN;
        }
    }

    private void down(String why, boolean becauseOfAcd) {
        state = LegState.DOWN;
        lastError = why;
        ofAcd = becauseOfAcd;
    }

    private static void drop(RelayEnd end) {
        if (end != null) {
            end.close();
        }
    }

    private static void cancel(ScheduledFuture<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    // --- queries; any thread ---

    LegState state() {
        return state;
    }

    /** The port on which it really listens; 0 if it does not. */
    int listeningPort() {
        return door.port();
    }

    Long silenceMs() {
        return tally.of(RelayBook.FROM_ACD).shown(clock.nanoTime()).silenceMs();
    }

    RelayLegStatus status() {
        final long nowNs = clock.nanoTime();
        final RelaySession of = session;
        final LegState present = state;
        return new RelayLegStatus(
                settings.leg(),
                settings.server(),
                present,
                of == null ? null : of.server().peer(),
                settings.dial().getAddress() == null ? settings.dial().getHostString() : peer(settings.dial()),
                ofAcd,
                why(present),
                door.isAddressMissing(),
                bindMissing,
                !door.trouble().isEmpty() && !door.isAddressMissing(),
                present == LegState.UP ? (nowNs - upSinceNs) / 1_000_000 : 0,
                sessions,
                failures,
                replaced,
                door.refused(),
                tally.of(RelayBook.FROM_ACD).shown(nowNs),
                tally.of(RelayBook.TO_ACD).shown(nowNs),
                tally.undeliveredBytes(),
                book.unrecordedBytes(settings.leg()));
    }

    private String why(LegState present) {
        if (present == LegState.UP) {
            return "";
        }
        return !door.trouble().isEmpty()
                ? door.trouble()
                : lastError.isEmpty() ? "awaits " + settings.server() : lastError;
    }

    private static String peer(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
