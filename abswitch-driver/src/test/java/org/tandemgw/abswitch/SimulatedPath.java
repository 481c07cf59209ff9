package org.tandemgw.abswitch;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A wire to the simulated box that delays, loses, damages, cuts and closes, by the dice. */
final class SimulatedPath implements BoxPath {
    /** One frame that the driver sent, and what is known of its answer. */
    static final class Frame {
        final SimulatedPath path;
        final String text;
        final long atNs;
        /** When the whole answer had reached the driver in one piece, or -1. */
        long answeredAtNs = -1;

        Frame(SimulatedPath path, String text, long atNs) {
            this.path = path;
            this.text = text;
            this.atNs = atNs;
        }

        boolean isQuery() {
            return text.endsWith("\u0002Q\r");
        }

        int card() {
            return Integer.parseInt(text.substring(text.indexOf(1) + 1, text.indexOf(2)));
        }

        String position() {
            return text.substring(text.indexOf(2) + 1, text.length() - 1);
        }
    }

    private final class Connection {
        final PathEvents events;
        final long sinceNs = time.nowNs();
        SimulatedBox.Port port;
        boolean open;
        boolean over;
        boolean mute;

        Connection(PathEvents events) {
            this.events = events;
        }
    }

    private final Consumer<Frame> frames;
    final PathKind kind;
    /** How often something goes wrong: 0 never, 1 always. */
    double faults;
    /** Whether answers to a closed connection come out of the next: a terminal server does that. */
    boolean outlives;

    /** Run after each frame that was sent. */
    Runnable afterSend = () -> {};

    /** Whether what goes wrong with answers is that they come late or in halves. */
    boolean belated;

    /** How often the driver has closed it. */
    int closes;

    /** How long a serial line takes to open. */
    long opensAfterMs;

    boolean unplugged;
    private boolean refuses;
    boolean echoes;
    boolean banner;
    boolean closesAfterReply;
    long failedAtNs = -1;
    long strayAtNs = -1;
    long closedAtNs = -1;
    private final SimulatedTime time;
    private final SimulatedBox box;
    private final RandomGenerator dice;
    private final SimulatedBox.Port serialPort = new SimulatedBox.Port();
    private Connection now;
    private long diedAtNs = -1;
    private int leftBehind;

    SimulatedPath(PathKind kind, SimulatedTime time, SimulatedBox box, RandomGenerator dice, Consumer<Frame> frames) {
        this.kind = kind;
        this.time = time;
        this.box = box;
        this.dice = dice;
        this.frames = frames;
    }

    @Override
    public String describe() {
        return kind == PathKind.TCP ? "tcp 127.0.0.1:9100" : "serial ttyS0";
    }

    @Override
    public PathKind kind() {
        return kind;
    }

    @Override
    public void open(PathEvents events) {
        if (now != null && !now.over) {
            throw new AssertionError("opened twice");
        }
        Connection c = new Connection(events);
        now = c;
        if (kind == PathKind.SERIAL && unplugged) {
            end(c, PathEnd.FAILED);
            return;
        }
        if (kind == PathKind.TCP && (unplugged || fault() && dice.nextInt(4) == 0)) {
            failedAtNs = time.nowNs();
            if (refuses || dice.nextBoolean()) {
                time.afterMs(2, () -> end(c, PathEnd.REFUSED));
            }
            return;
        }
        time.afterMs(kind == PathKind.TCP ? 1 + dice.nextInt(30) : opensAfterMs, () -> {
            if (c.over) {
                return;
            }
            c.open = true;
            c.port = kind == PathKind.SERIAL || outlives ? serialPort : new SimulatedBox.Port();
            c.mute = kind == PathKind.TCP && fault() && dice.nextInt(4) == 0;
            if (c.mute) {
                failedAtNs = time.nowNs();
            }
            events.opened();
            if (banner) {
                time.afterMs(1, () -> deliver(c, "A/B SWITCH READY\r\n", false));
            }
            if (kind == PathKind.TCP && fault() && dice.nextInt(4) == 0) {
                time.afterMs(dice.nextInt(60), () -> end(c, PathEnd.CLOSED_BY_PEER));
            }
        });
    }

    @Override
    public void send(byte[] bytes) {
        if (now == null || !now.open || now.over) {
            throw new AssertionError("sent on a path that is not open");
        }
        Connection c = now;
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Frame frame = new Frame(this, text, time.nowNs());
        frames.accept(frame);
        trace("sent " + text + " on " + describe());
        if (echoes) {
            time.afterMs(1, () -> deliver(c, text, false));
        }
        afterSend.run();
        int kindOfFault = fault() ? dice.nextInt(6) : -1;
        switch (kindOfFault) {
            case 0 -> time.afterMs(1, () -> sent(c));
            case 1 -> {
                String half = text.substring(0, dice.nextInt(text.length()));
                time.afterMs(2, () -> toBox(c, half, frame));
                time.afterMs(3, () -> {
                    if (kind == PathKind.TCP) {
                        end(c, PathEnd.RESET);
                    } else {
                        sent(c);
                    }
                });
            }
            case 2 -> {
                time.afterMs(1, () -> toBox(c, text, frame));
                time.afterMs(2, () -> end(c, kind == PathKind.TCP ? PathEnd.RESET : PathEnd.UNPLUGGED));
            }
            case 3 -> {
                strayAtNs = time.nowNs(); // its end may complete the half of an earlier frame, which is answered then
                time.afterMs(1, () -> sent(c));
                time.afterMs(2, () -> toBox(c, text.substring(1 + dice.nextInt(text.length() - 1)), frame));
            }
            case 4 -> {
                time.afterMs(1, () -> sent(c));
                time.afterMs(1, () -> stray(c, "\u00FE\u0083\r\n\u00E1"));
                time.afterMs(2, () -> toBox(c, text, frame));
            }
            default -> {
                time.afterMs(0, () -> sent(c));
                time.afterMs(1 + dice.nextInt(40), () -> toBox(c, text, frame));
            }
        }
    }

    @Override
    public void close() {
        closes++;
        if (now != null) {
            cut(now);
        }
    }

    /** The driver's process died: its connections are gone, and nobody is told. */
    void driverDied() {
        diedAtNs = time.nowNs();
        leftBehind = kind == PathKind.SERIAL ? Line.LEFT_BEHIND : 0;
        if (now != null) {
            cut(now);
        }
    }

    /** The line goes; who listens is told. */
    void unplug() {
        unplugged = true;
        if (now != null && !now.over) {
            end(now, kind == PathKind.TCP ? PathEnd.RESET : PathEnd.UNPLUGGED);
        }
    }

    /** From now on it does not open, and that is said at once. */
    void refuse() {
        refuses = true;
        unplug();
    }

    /** The box was off: connections are gone, and half frames with them. */
    void boxWentOff() {
        serialPort.inFrame = false;
        if (kind == PathKind.TCP && now != null && !now.over && dice.nextBoolean()) {
            end(now, PathEnd.RESET);
        }
    }

    /** Something comes out of the line that nothing asked for just now. */
    void lateAnswer(String text) {
        if (now != null) {
            stray(now, text);
        }
    }

    private void sent(Connection c) {
        if (!c.over) {
            c.events.sent();
        }
    }

    private void toBox(Connection c, String bytes, Frame frame) {
        if (c.mute || c.over && !outlives && kind == PathKind.TCP) {
            return;
        }
        SimulatedBox.Reply reply = box.input(c.port, bytes);
        if (reply != null) {
            reply(c, reply, frame);
        }
    }

    private void reply(Connection c, SimulatedBox.Reply reply, Frame frame) {
        long afterMs = reply.afterMs() + dice.nextInt(40);
        String text = reply.text();
        switch (fault() ? belated ? 1 + dice.nextInt(2) : dice.nextInt(4) : -1) {
            case 0 -> {} // lost
            case 1 -> time.afterMs(1_400 + dice.nextInt(7_000), () -> stray(c, text));
            case 2 -> {
                int at = dice.nextInt(text.length());
                time.afterMs(afterMs, () -> stray(c, text.substring(0, at)));
                if (dice.nextBoolean()) {
                    time.afterMs(afterMs + 100 + dice.nextInt(3_000), () -> stray(c, text.substring(at)));
                }
            }
            default ->
                time.afterMs(afterMs, () -> {
                    if (deliver(c, text, false) && reply.position()) {
                        frame.answeredAtNs = time.nowNs();
                    }
                    if (closesAfterReply && kind == PathKind.TCP) {
                        time.afterMs(1, () -> {
                            long failedBefore = failedAtNs;
                            end(c, PathEnd.CLOSED_BY_PEER);
                            failedAtNs = failedBefore;
                        });
                    }
                });
        }
    }

    private void stray(Connection c, String text) {
        deliver(c, text, true);
    }

    private boolean deliver(Connection from, String text, boolean stray) {
        Connection to = kind == PathKind.SERIAL || outlives ? now : from;
        if (to == null || to.over || !to.open || text.isEmpty()) {
            return false;
        }
        if (from.sinceNs <= diedAtNs && leftBehind-- <= 0) {
            return false;
        }
        if (stray || to != from) {
            strayAtNs = time.nowNs();
        }
        trace("answer " + text + (stray ? " (stray)" : ""));
        to.events.received(SimulatedBox.bytes(text));
        return true;
    }

    private void end(Connection c, PathEnd end) {
        if (!c.over) {
            failedAtNs = time.nowNs();
            closedAtNs = time.nowNs();
            cut(c);
            trace("closed " + describe());
            c.events.closed(end, "simulated");
        }
    }

    private void cut(Connection c) {
        c.over = true;
        if (kind == PathKind.TCP && c.port != null) {
            c.port.inFrame = false;
        }
    }

    private void trace(String what) {
        if (Boolean.getBoolean("tandem.trace")) {
            System.out.println(time.nowNs() / 1_000_000 + " " + new Masking(null).show(SimulatedBox.bytes(what)));
        }
    }

    private boolean fault() {
        return faults > 0 && dice.nextDouble() < faults;
    }
}
