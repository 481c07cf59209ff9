package org.tandemgw.gateway.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.time.Clock;

/**
 * One look that is under way: ends once, at the latest when its time is over, and lets go of what it held then. On the loop only. Its time limit tells
 * of the other side only if the question is out and the limit itself is in time: who is late himself has not heard silence.
 */
final class Attempt {
    /** Beyond twice the limit: what a busy machine may make of a short one. */
    private static final long LATE_MS = 50;

    private final EventLoop loop;
    private final Clock clock;
    private final long timeoutMs;
    private final long beganNs;
    private final Consumer<Look> told;
    private ScheduledFuture<?> limit;
    private String asWitness;
    private Runnable cleanup = () -> {};
    private String waitingFor;
    private InetAddress host;
    private String meanwhile;
    private boolean over;
    private int dscp;

    Attempt(EventLoop loop, Clock clock, long timeoutMs, Consumer<Look> told) {
        this.loop = loop;
        this.clock = clock;
        this.timeoutMs = timeoutMs;
        this.told = told;
        beganNs = clock.nanoTime();
        limit = loop.schedule(this::late, timeoutMs, TimeUnit.MILLISECONDS);
    }

    EventLoop loop() {
        return loop;
    }

    long timeoutMs() {
        return timeoutMs;
    }

    /** What is sent for it from now on is marked so. */
    void mark(int with) {
        dscp = with;
    }

    /** 0: not marked. */
    int dscp() {
        return dscp;
    }

    boolean isOver() {
        return over;
    }

    /** Nothing is asked before this is there: if it does not come in time, that is our own trouble. Null: the question is out. */
    void waitsFor(String what) {
        waitingFor = what;
    }

    /** Who is asked. */
    void asks(InetAddress address) {
        host = address;
    }

    /** The answer may come so much later than its limit, because somebody else keeps that limit and tells. */
    void grace(long graceMs) {
        limit.cancel(false);
        limit = loop.schedule(this::late, timeoutMs + graceMs, TimeUnit.MILLISECONDS);
    }

    /** It is asked only whether anything is there: any answer is one, also a refusal. Every word begins with how it was asked. */
    void anyAnswerCounts(String how) {
        asWitness = how;
    }

    /** What has come so far, for the case that no more does. */
    void meanwhile(String what) {
        meanwhile = what;
    }

    /** What is let go at the end, however it ends; replaces what was given before. */
    void atTheEnd(Runnable letGo) {
        cleanup = letGo;
    }

    void over(Sight sight, String said) {
        over(sight, said, Told.NOTHING);
    }

    void over(Sight sight, String said, Told more) {
        if (over) {
            return;
        }
        over = true;
        limit.cancel(false);
        final long tookMicros = TimeUnit.NANOSECONDS.toMicros(clock.nanoTime() - beganNs);
        cleanup.run();
        told.accept(
                asWitness == null
                        ? new Look(sight, said, tookMicros, more.identity(), more.release())
                        : new Look(witnessed(sight), asWitness + ": " + said, tookMicros, null, null));
    }

    private static Sight witnessed(Sight sight) {
        return switch (sight) {
            case ANSWERED, REFUSED, RESET, WRONG -> Sight.ANSWERED;
            case SILENT, UNREACHABLE, FAILED, NOT_ASKED -> sight;
        };
    }

    /** Nothing came in time, if that was our time. */
    void silent(String said) {
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - beganNs);
        if (tookMs > 2 * timeoutMs + LATE_MS) {
            over(Sight.NOT_ASKED, "we were late ourselves: looked after " + tookMs + " ms instead of " + timeoutMs);
        } else {
            over(Sight.SILENT, said);
        }
    }

    void failed(Throwable cause) {
        final Sight sight = NetworkErrors.sight(cause);
        if (sight == Sight.UNREACHABLE) {
            noWay(NetworkErrors.said(cause));
        } else {
            over(sight, NetworkErrors.said(cause));
        }
    }

    /**
     * Somebody says that there is no way there. If it is this machine itself, nobody was asked: that speaks against no server. Of a
     * place of the network it says what it is to say: there is no way to it from here.
     */
    void noWay(String said) {
        if (host == null || !OwnRoute.missing(host)) {
            over(Sight.UNREACHABLE, said);
        } else {
            over(
                    asWitness == null ? Sight.NOT_ASKED : Sight.UNREACHABLE,
                    "this machine has no route to " + host.getHostAddress() + " (" + said
                            + "): see its own interfaces, addresses and routes");
        }
    }

    /** Gives it up without telling anybody. */
    void abandon() {
        if (!over) {
            over = true;
            limit.cancel(false);
            cleanup.run();
        }
    }

    private void late() {
        if (waitingFor != null) {
            over(Sight.NOT_ASKED, "not asked within " + timeoutMs + " ms: " + waitingFor);
        } else {
            silent(
                    meanwhile == null
                            ? "no answer within " + timeoutMs + " ms"
                            : meanwhile + ", and no more within " + timeoutMs + " ms");
        }
    }
}
