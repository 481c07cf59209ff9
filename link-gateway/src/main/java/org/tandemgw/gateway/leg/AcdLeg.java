package org.tandemgw.gateway.leg;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.net.Marking;

/**
 * Owns one leg's socket: opens it, opens it again, delivers its bytes, and says what became of it.
 *
 * <p>A leg dials or listens. When it listens, a second connection takes the place of the first as soon as it says
 * something, so that a half-open first never locks the ACD out, and a port scanner never costs a good session. All methods
 * but the queries run on the ACD's intake thread.
 */
public final class AcdLeg {
    private static final Logger LOG = LoggerFactory.getLogger(AcdLeg.class);
    private static final long LISTEN_AGAIN_MS = 1_000;
    /** A session that lasted this long was a good one: the next redial is a first one. */
    private static final long GOOD_SESSION_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long READ_OUT_MS = 500;

    private volatile LegSettings settings;
    private final EventLoop loop;
    private final LegListener listener;
    private final Redial redial;
    private final String name;

    private volatile Channel listening;
    private ChannelFuture dialling;
    private ScheduledFuture<?> scheduled;
    private volatile LegConnection current;
    private LegConnection candidate;
    private boolean open;
    private boolean held;
    private ScheduledFuture<?> candidateGoesOn;

    private volatile LegState state = LegState.DOWN;
    private volatile String lastError = "";
    private volatile boolean addressMissing;
    private volatile long sessions;
    private volatile long failures;
    private volatile long replaced;
    private volatile long refused;

    /** A leg that is closed until {@link #open} is called. */
    public AcdLeg(String acd, LegSettings settings, EventLoop loop, LegListener listener, Random random) {
        this.settings = settings;
        this.loop = loop;
        this.listener = listener;
        this.redial = new Redial(random);
        this.name = acd + "/leg-" + settings.leg();
    }

    /** Starts dialling or listening. */
    public void open() {
        open = true;
        state = LegState.DOWN;
        attempt();
    }

    /**
     * Closes the session and stops dialling or listening.
     *
     * @param rest the state to show until the leg is opened again
     */
    public void close(LegState rest, String why) {
        open = false;
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
        if (dialling != null) {
            final ChannelFuture given = dialling;
            dialling = null; // what it tells when it is cancelled is no failure
            given.cancel(false);
        }
        if (listening != null) {
            listening.close();
            listening = null;
        }
        if (candidate != null) {
            candidate.drop();
            candidate = null;
        }
        endSession(why);
        state = rest;
    }

    /**
     * Is reached in another way from now on.
     *
     * @param anew whether the present session is ended for it; else it counts for the next one
     */
    public void follow(LegSettings next, boolean anew) {
        final boolean again = open && anew;
        if (again) {
            close(LegState.DOWN, "it is reached in another way now");
        }
        settings = next;
        if (again) {
            open();
        }
    }

    /** Ends the present session; a leg that is open dials again. */
    public void drop(String why) {
        if (current != null) {
            lastError = why;
            endSession(why);
            nextSession();
        }
    }

    /** A frame that belongs to the present session alone. */
    public void heard(byte[] buffer, int offset, int length) {
        if (current != null) {
            current.heard(buffer, offset, length);
        }
    }

    /** Asks the ACD again how things stand, if the session is up and its dialect can ask. */
    public void askAgain() {
        if (current != null && state == LegState.UP) {
            current.askAgain();
        }
    }

    /** Whether the session is ready and the ACD is still telling how things stand. Any thread. */
    public boolean snapshotting() {
        final LegConnection connection = current;
        return connection != null && state == LegState.UP && connection.snapshotting();
    }

    /** Reads no session until {@link #goOn}: what the ACD sends stays where it is. Opening dialogues go on. */
    public void hold() {
        held = true;
        if (state == LegState.UP) {
            current.hold();
        }
        if (candidate != null) {
            candidate.hold();
        }
    }

    /** The opposite of {@link #hold}: what was kept is delivered first, and that may lead to the next {@link #hold}. */
    public void goOn() {
        held = false;
        if (current != null) {
            current.goOn();
        }
        if (candidateGoesOn != null) {
            candidateGoesOn.cancel(false);
        }
        if (candidate != null) {
            candidateGoesOn = loop.schedule(this::letCandidateGoOn, READ_OUT_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** What the present connection has kept meanwhile is read first: the new one would end it with its first byte. */
    private void letCandidateGoOn() {
        if (!held && candidate != null) {
            candidate.goOn();
        }
    }

    /** The port on which a listening leg really listens; 0 if it does not. For ports chosen by the system. */
    public int listeningPort() {
        final Channel channel = listening;
        return channel == null ? 0 : ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Where the session stands. Any thread. */
    public LegState state() {
        return state;
    }

    /** Why the last attempt or session ended; empty if none has. Any thread. */
    public String lastError() {
        return lastError;
    }

    /** True while the local address that the file names is not on this machine. Any thread. */
    public boolean addressMissing() {
        return addressMissing;
    }

    /** Who is at the other end, or who is dialled; null if nobody is. Any thread. */
    public String peer() {
        final LegConnection connection = current;
        if (connection != null) {
            return connection.peer();
        }
        return settings.dial() == null
                ? null
                : settings.dial().getHostString() + ":" + settings.dial().getPort();
    }

    /** Sessions that became ready. Any thread. */
    public long sessions() {
        return sessions;
    }

    /** Attempts that failed. Any thread. */
    public long failures() {
        return failures;
    }

    /** Sessions that gave way to a newer connection. Any thread. */
    public long replaced() {
        return replaced;
    }

    /** Connections from addresses that may not dial. Any thread. */
    public long refused() {
        return refused;
    }

    private void attempt() {
        scheduled = null;
        if (!open) {
            return;
        }
        if (settings.dial() != null) {
            dial();
        } else if (listening == null) {
            listen();
        }
    }

    private void again(long delayMs) {
        if (open && settings.dial() != null && scheduled == null) {
            scheduled = loop.schedule(this::attempt, delayMs, TimeUnit.MILLISECONDS);
        }
    }

    private void dial() {
        state = LegState.CONNECTING;
        final Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(
                        Marking.dialling(settings.dscp(), settings.dial().getAddress()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.connectTimeoutMs())
                .option(ChannelOption.IP_TOS, Marking.option(settings.dscp()))
                .handler(new ChannelInitializer<NioSocketChannel>() {
                    @Override
                    protected void initChannel(NioSocketChannel channel) {
                        prepare(channel);
                    }
                });
        final InetSocketAddress local = settings.bind() == null ? null : new InetSocketAddress(settings.bind(), 0);
        dialling = bootstrap.connect(settings.dial(), local);
        dialling.addListener((ChannelFuture attempt) -> {
            if (dialling != attempt) {
                attempt.channel().close();
                return;
            }
            dialling = null;
            if (attempt.isSuccess()) {
                addressMissing = false;
                begin(new LegConnection(this, attempt.channel()));
            } else {
                failed(attempt.cause());
                again(redial.nextDelayMs());
            }
        });
    }

    private void listen() {
        final ChannelFuture bound = new ServerBootstrap()
                .group(loop, loop)
                .channelFactory(
                        Marking.listening(settings.dscp(), settings.listen().getAddress()))
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 16)
                .childOption(ChannelOption.IP_TOS, Marking.option(settings.dscp()))
                .childHandler(new ChannelInitializer<NioSocketChannel>() {
                    @Override
                    protected void initChannel(NioSocketChannel channel) {
                        prepare(channel);
                        accept(channel);
                    }
                })
                .bind(settings.listen());
        bound.addListener((ChannelFuture attempt) -> {
            if (!open) {
                attempt.channel().close();
            } else if (attempt.isSuccess()) {
                listening = attempt.channel();
                addressMissing = false;
                LOG.info("{} awaits the ACD on {}", name, listening.localAddress());
            } else {
                failed(attempt.cause());
                scheduled = loop.schedule(this::attempt, LISTEN_AGAIN_MS, TimeUnit.MILLISECONDS);
            }
        });
    }

    private void accept(NioSocketChannel channel) {
        final InetAddress from = channel.remoteAddress().getAddress();
        if (!settings.mayDial().test(from)) {
            refused = refused + 1;
            lastError = "refused a connection from " + from.getHostAddress() + ", which 'allow' does not name";
            channel.close();
            return;
        }
        final LegConnection connection = new LegConnection(this, channel);
        if (current == null) {
            begin(connection);
            return;
        }
        if (candidate != null) {
            candidate.drop();
        }
        // It is read from at once, and takes over with its first byte.
        candidate = connection;
        if (held) {
            candidate.hold();
        }
    }

    private static void prepare(NioSocketChannel channel) {
        channel.config().setTcpNoDelay(true).setKeepAlive(true);
        // Eleven seconds until the kernel finds out that a silent peer is gone.
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), 5);
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), 2);
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), 3);
    }

    private void begin(LegConnection connection) {
        current = connection;
        state = LegState.LOGIN;
        connection.begin(settings.session());
    }

    // --- what a connection tells ---

    void ready(LegConnection connection) {
        state = LegState.UP;
        sessions = sessions + 1;
        LOG.info("{} is up: {}", name, connection);
        listener.connected(settings.leg());
    }

    int bytes(byte[] buffer, int offset, int length) {
        return listener.bytes(settings.leg(), buffer, offset, length);
    }

    void batchEnd() {
        listener.batchEnd();
    }

    void snapshotTaken(String what) {
        LOG.info("{}: {}", name, what);
    }

    /** Why a session ends whose code failed at what the ACD said. */
    String unforeseen(RuntimeException failure) {
        LOG.error("{}: the session cannot go on: what the ACD said was not foreseen", name, failure);
        return "what the ACD said was not foreseen: " + failure;
    }

    LegSession.Listing listing() {
        return listener.listing(settings.leg());
    }

    void spoke(LegConnection connection) {
        if (connection == candidate) {
            candidate = null;
            replaced = replaced + 1;
            endSession("a newer connection took its place");
            if (open) {
                begin(connection);
            } else {
                connection.drop();
            }
        }
    }

    void ended(LegConnection connection, String why) {
        if (connection == candidate) {
            candidate = null;
            return;
        }
        if (connection != current) {
            return;
        }
        if (connection.loginRefused()) {
            redial.refused();
        }
        if (state != LegState.UP && !why.equals(lastError)) {
            LOG.warn("{}: {}", name, why);
        }
        lastError = why;
        endSession(why);
        nextSession();
    }

    /** After a session: with the connection that waits, or by dialling again. The end of the session may have closed the leg. */
    private void nextSession() {
        final LegConnection next = candidate;
        candidate = null;
        if (next != null && open) {
            begin(next);
            next.goOn();
        } else if (next != null) {
            next.drop();
        } else {
            again(redial.nextDelayMs());
        }
    }

    private void endSession(String why) {
        if (current == null) {
            return;
        }
        final LegConnection ending = current;
        final boolean wasReady = state == LegState.UP;
        current = null;
        state = LegState.DOWN;
        if (wasReady) {
            if (ending.ageNs() > GOOD_SESSION_NS || ending.hasSpoken()) {
                redial.succeeded();
            }
            LOG.info("{} is down: {}", name, why);
            listener.disconnected(settings.leg(), why);
        } else {
            failures = failures + 1;
        }
        ending.drop();
    }

    private void failed(Throwable cause) {
        state = LegState.DOWN;
        failures = failures + 1;
        final String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        addressMissing = text.contains("Cannot assign");
        if (!text.equals(lastError)) {
            LOG.info("{}: {}", name, text);
        }
        lastError = text;
    }
}
