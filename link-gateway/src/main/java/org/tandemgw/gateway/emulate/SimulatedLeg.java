package org.tandemgw.gateway.emulate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Random;
import org.tandemgw.gateway.time.Clock;

/**
 * One leg of a simulated ACD: listens or dials, carries the frames offered to it, and misbehaves on command. Three kinds
 * of threads: one that accepts or dials, one that writes, and one per connection that waits for its end.
 *
 * <p>Its queue has a limit in frames and one of 16 MiB. At the limit the ACD waits, or the leg drops the frame and counts
 * it, as the settings say.
 */
public final class SimulatedLeg implements AutoCloseable {
    private static final int QUEUE_BYTES = 16 << 20;
    private static final int BATCH_BYTES = 64 << 10;
    private static final long NS_PER_MS = 1_000_000L;

    private final int leg;
    private final AcdSettings settings;
    private final FrameSource source;
    private final AcdOracle oracle;
    private final Clock clock;
    private final Random random;
    private final long upSinceMs;
    private final ArrayDeque<Outgoing> queue = new ArrayDeque<>();
    private final ArrayDeque<Outgoing> tail = new ArrayDeque<>();
    private final byte[] batch = new byte[BATCH_BYTES + (1 << 16)];
    private final LegDoor door;
    private LegConnection connection;
    private LegConnection hangUpOnceWritten;
    private boolean newRun = true;
    private boolean halfOpen;
    private boolean silent;
    private boolean truncating;
    private boolean closed;
    private long lagNs;
    private long bytesPerSecond;
    private long queuedBytes;
    private long connections;
    private long cuts;
    private long carried;
    private long dropped;
    private long unsent;

    SimulatedLeg(int leg, AcdSettings settings, FrameSource source, AcdOracle oracle, Clock clock) throws IOException {
        this.leg = leg;
        this.settings = settings;
        this.source = source;
        this.upSinceMs = clock.nanoTime() / NS_PER_MS;
        this.oracle = oracle;
        this.clock = clock;
        this.random = new Random(settings.seed() * 31 + leg);
        door = new LegDoor(
                "acd-leg-" + leg + "-link",
                leg == 1 ? settings.leg1() : settings.leg2(),
                settings.dials(),
                this::attach);
        door.start();
        start("write", this::writeOn);
    }

    /** Where it listens, or what it dials. */
    public InetSocketAddress address() {
        return door.address();
    }

    /** Whether a connection is up that carries frames. */
    public synchronized boolean connected() {
        return carries();
    }

    private boolean carries() {
        return connection != null && connection.isOpen() && !halfOpen;
    }

    /** Whether everything offered has been written. */
    public synchronized boolean drained() {
        return queue.isEmpty();
    }

    /** Connections so far. */
    public synchronized long connections() {
        return connections;
    }

    /** Connections ended by {@link #cut}, {@link #pull} and {@link #truncate}. */
    public synchronized long cuts() {
        return cuts;
    }

    /** Frames written to a connection. */
    public synchronized long carried() {
        return carried;
    }

    /** Frames dropped because the queue was at its limit. */
    public synchronized long dropped() {
        return dropped;
    }

    /** Frames not sent because no connection was up, or by a fault. */
    public synchronized long unsent() {
        return unsent;
    }

    /** Frames waiting to be written. */
    public synchronized int queued() {
        return queue.size();
    }

    /** Ends the connection, with a reset or in an orderly way. What is queued is gone. */
    public synchronized void cut(boolean reset) {
        if (connection != null) {
            cuts++;
            final LegConnection ended = detach();
            door.detached();
            if (reset) {
                ended.end(false, margin(), clock);
                ended.reset();
            } else {
                ended.finish();
            }
        }
    }

    /** Cuts and refuses until {@link #refuse} is called with false: a pulled cable that is noticed at once. */
    public synchronized void pull() {
        refuse(true);
        cut(false);
    }

    /** Whether new connections are refused, or, where the ACD dials, not made. */
    public void refuse(boolean on) {
        door.refuse(on);
    }

    /**
     * On: carries nothing any more, on this and on new connections, and closes none. Off: the dead connection is reset,
     * the next one serves.
     */
    public synchronized void halfOpen(boolean on) {
        halfOpen = on;
        if (connection == null) {
            return;
        }
        connection.end(false, margin(), clock);
        if (on) {
            forget();
        } else {
            detach().reset();
            door.detached();
        }
    }

    /** On: sends nothing on a connection that stays up. What the ACD produces meanwhile is never sent on this leg. */
    public synchronized void silence(boolean on) {
        silent = on;
        newRun = true;
    }

    /** How late it sends what the ACD produces. */
    public synchronized void lag(long millis) {
        lagNs = millis * NS_PER_MS;
        notifyAll();
    }

    /** How much it sends in a second at most; 0: no limit. */
    public synchronized void slow(long bytes) {
        bytesPerSecond = bytes;
    }

    /** Puts so many bytes of noise between two frames. */
    public synchronized void garbage(int length) {
        if (carries()) {
            final byte[] noise = settings.dialect().garbage(random, length);
            if (settings.dialect().garbageIsFrame()) {
                oracle.sentForeign(noise);
            }
            add(new Outgoing(0, noise, clock.nanoTime() + lagNs, connection, null));
        }
    }

    /** Sends half of the next frame, then cuts. */
    public synchronized void truncate() {
        truncating = true;
    }

    /** The ACD's frame {@code number}. Waits at the limit of the queue if the settings say so. */
    synchronized void offer(long number, byte[] frame) throws InterruptedException {
        if (settings.resend() > 0) {
            tail.add(new Outgoing(number, frame, 0, null, null));
            if (tail.size() > settings.resend()) {
                tail.remove();
            }
        }
        while (settings.blocks() && full() && !closed && carries() && !silent) {
            wait();
        }
        if (!carries() || silent) {
            unsent++;
            newRun = true;
            sendEarly(frame);
        } else if (full()) {
            dropped++;
            newRun = true;
        } else {
            send(number, frame);
        }
    }

    /** A session that is not all set up may get some of it already, which nobody may count on. */
    private void sendEarly(byte[] frame) {
        final byte[] early = connection == null || connection.conversation() == null || connection.isOpen()
                ? null
                : connection.conversation().early(frame);
        if (early != null) {
            say(connection, early);
        }
    }

    private void send(long number, byte[] whole) {
        final byte[] frame = connection.dress(whole);
        if (frame == null) {
            unsent++;
            newRun = true;
            return;
        }
        final Carriage carriage = connection.carriage(oracle, number, newRun);
        newRun = false;
        final Outgoing next = new Outgoing(number, frame, clock.nanoTime() + lagNs, connection, carriage);
        final Outgoing last = queue.peekLast();
        if (last != null && last.carriage == carriage && random.nextInt(1000) < settings.swapPerMille()) {
            queue.removeLast();
            queuedBytes -= last.bytes.length;
            add(next);
            add(last);
        } else {
            add(next);
        }
    }

    private void add(Outgoing next) {
        queue.add(next);
        queuedBytes += next.bytes.length;
        notifyAll();
    }

    private boolean full() {
        return queue.size() >= settings.queueFrames() || queuedBytes >= QUEUE_BYTES;
    }

    private int margin() {
        return settings.swapPerMille() > 0 ? 1 : 0;
    }

    private LegConnection detach() {
        final LegConnection was = connection;
        connection = null;
        forget();
        return was;
    }

    /** What is queued will never be sent. */
    private void forget() {
        newRun = true;
        unsent += queue.size();
        queue.clear();
        queuedBytes = 0;
        notifyAll();
    }

    private synchronized void attach(Socket socket) throws IOException {
        if (door.refusing()) {
            socket.close();
            door.detached();
            return;
        }
        final LegConnection before = detach();
        if (before != null) {
            before.end(false, margin(), clock);
            before.close();
        }
        final LegConnection now =
                new LegConnection(socket, settings.dialect().conversation(settings, source, random, upSinceMs));
        connection = now;
        connections++;
        start("read", () -> readOn(now));
        if (now.conversation() != null) {
            greet(now);
        } else if (!halfOpen) {
            final byte[] greeting = source.greeting();
            if (greeting != null) {
                say(now, greeting);
            }
            sendTheTail();
        }
    }

    private void sendTheTail() {
        tail.forEach(again -> send(again.number, again.bytes));
    }

    private void greet(LegConnection now) {
        final byte[] greeting = now.conversation().greeting();
        if (greeting.length > 0) {
            say(now, greeting);
        }
    }

    /** What belongs to this connection alone. */
    private void say(LegConnection to, byte[] bytes) {
        if (!halfOpen && !silent) {
            add(new Outgoing(0, bytes, clock.nanoTime() + lagNs, to, null));
        }
    }

    private synchronized void heard(LegConnection on, byte[] buffer, int length) {
        if (on != connection || on.conversation() == null) {
            return; // what an ACD has no use for
        }
        final boolean before = on.isOpen();
        on.conversation().heard(buffer, length, clock.nanoTime() / NS_PER_MS).forEach(answer -> say(on, answer));
        if (on.conversation().over()) {
            hangUpOnceWritten = on;
        } else if (!before && on.isOpen() && !halfOpen) {
            sendTheTail();
        }
    }

    private void readOn(LegConnection now) {
        final boolean orderly = now.readToEnd((buffer, length) -> heard(now, buffer, length));
        synchronized (this) {
            // Only if we had ended it first has the other end read everything.
            now.end(orderly && now != connection, margin(), clock);
            if (now == connection) {
                detach();
                door.detached();
            }
        }
        now.close();
    }

    private void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void writeOn() {
        final ArrayDeque<Outgoing> taken = new ArrayDeque<>();
        while (take(taken)) {
            write(taken);
            taken.clear();
        }
    }

    /** Waits for frames that are due and takes as many as fit a batch, all of one connection. */
    private synchronized boolean take(ArrayDeque<Outgoing> taken) {
        while (!closed) {
            final Outgoing head = queue.peek();
            final long early = head == null ? 0 : head.dueNs - clock.nanoTime();
            if (head == null || early > 0) {
                await(head == null ? 0 : Math.max(1, early / NS_PER_MS));
            } else {
                int bytes = 0;
                final long now = clock.nanoTime();
                for (Outgoing next = head;
                        next != null && next.dueNs <= now && (bytes == 0 || bytes + next.bytes.length <= BATCH_BYTES);
                        next = queue.peek()) {
                    bytes += next.bytes.length;
                    taken.add(queue.remove());
                }
                queuedBytes -= bytes;
                notifyAll();
                return true;
            }
        }
        return false;
    }

    private void write(ArrayDeque<Outgoing> frames) {
        final LegConnection to = frames.peek().connection;
        int length = 0;
        for (final Outgoing frame : frames) {
            System.arraycopy(frame.bytes, 0, batch, length, frame.bytes.length);
            length += frame.bytes.length;
        }
        try {
            if (cutShort(frames.peek(), to)) {
                return;
            }
            to.write(batch, length);
            wrote(frames, to, length);
        } catch (IOException e) {
            synchronized (this) {
                unsent += frames.size();
            }
        }
    }

    private boolean cutShort(Outgoing frame, LegConnection to) throws IOException {
        synchronized (this) {
            if (!truncating || to != connection) {
                return false;
            }
            truncating = false;
        }
        to.write(batch, Math.max(1, frame.bytes.length / 2));
        cut(false);
        return true;
    }

    private void wrote(ArrayDeque<Outgoing> frames, LegConnection to, int length) {
        final long now = clock.nanoTime();
        final long slowNs;
        synchronized (this) {
            if (!to.ended()) {
                for (final Outgoing frame : frames) {
                    if (frame.carriage != null) {
                        frame.carriage.written(frame.number, now);
                        carried++;
                    }
                }
            }
            if (to == hangUpOnceWritten && queue.isEmpty()) {
                to.finish();
            }
            slowNs = bytesPerSecond == 0 ? 0 : length * 1_000_000_000L / bytesPerSecond;
        }
        if (slowNs > 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(slowNs);
        }
    }

    private void start(String what, Runnable work) {
        final Thread thread = new Thread(work, "acd-leg-" + leg + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        door.close();
        final LegConnection ended = detach();
        if (ended != null) {
            ended.finish();
        }
    }

    private record Outgoing(long number, byte[] bytes, long dueNs, LegConnection connection, Carriage carriage) {}
}
