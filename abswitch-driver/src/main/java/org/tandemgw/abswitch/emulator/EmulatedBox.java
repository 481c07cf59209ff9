package org.tandemgw.abswitch.emulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A box with its links, its cards and its faults. Pure: bytes, orders and the time come in, bytes go out through
 * {@link BoxLink}, answers through {@link Answering}, and {@link #run} says when it wants to be called again. One thread at
 * a time.
 */
final class EmulatedBox {
    private static final int LOG_LIMIT = 256;
    private static final int WAITING_LIMIT = 4096;

    /** Where the answer to an order goes. Exactly one of these, or nothing at all. */
    interface Answering {
        /** It was carried out: a position for each slot, as the controller believes it. */
        void done(BoxOrder order, String claimed);

        /** Something was wrong with it. */
        void refused(BoxOrder order);

        /** Somebody else is using the box. */
        void busy();
    }

    private record Due(long atNs, long order, Runnable task) {}

    /** One wire and what has come over it. */
    final class Session implements Answering {
        private final BoxLink link;
        private final boolean tcp;
        private final boolean mute;
        private final BoxInput input = words.input();
        private final ArrayDeque<Byte> waiting = new ArrayDeque<>();
        private long lastByteNs;
        private boolean open = true;

        private Session(BoxLink link, boolean tcp, boolean mute) {
            this.link = link;
            this.tcp = tcp;
            this.mute = mute;
        }

        private String name() {
            return tcp ? "tcp" : "serial";
        }

        @Override
        public void done(BoxOrder order, String claimed) {
            if (order.query() || words.answersSelect()) {
                reply(this, words.answer(order.slot(), claimed));
            }
        }

        @Override
        public void refused(BoxOrder order) {
            reply(this, words.refusal(order.refusal()));
        }

        @Override
        public void busy() {
            reply(this, words.busy());
        }
    }

    private final Chassis chassis;
    private final BoxWords words;
    private final Random random;
    private final BoxFaults faults = new BoxFaults();
    private final List<Session> sessions = new ArrayList<>();
    private final ArrayDeque<Runnable> waitingOrders = new ArrayDeque<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNs).thenComparingLong(Due::order));
    private final ArrayDeque<String> log = new ArrayDeque<>();

    private String banner = "";
    private boolean closesAfterReply;
    private boolean echoes;
    private long frameIdleNs = Long.MAX_VALUE;
    private boolean powered = true;
    private boolean executing;
    private Runnable atQuery;
    private Runnable atSelect;
    private long order;
    private long nowNs;

    /** Words may be null where no wire is ever connected. */
    EmulatedBox(Chassis chassis, BoxWords words, Random random) {
        this.chassis = chassis;
        this.words = words;
        this.random = random;
    }

    // --- what the shell tells ---

    /** A wire was connected. Null: the box closed it at once. */
    Session connect(BoxLink link, boolean tcp, long atNs) {
        run(atNs);
        final boolean second = tcp && sessions.stream().anyMatch(each -> each.tcp && each.open);
        if (tcp
                && (!powered
                        || second
                                && faults.second != BoxFaults.Second.SERVE
                                && faults.second != BoxFaults.Second.MUTE)) {
            link.close();
            return null;
        }
        final Session session = new Session(link, tcp, second && faults.second == BoxFaults.Second.MUTE);
        sessions.add(session);
        greet(session);
        return session;
    }

    /** The other end has gone. */
    void closed(Session session) {
        session.open = false;
        sessions.remove(session);
    }

    /** Bytes have come. */
    void bytes(Session session, byte[] bytes, int length, long atNs) {
        run(atNs);
        if (!session.open || session.mute || !powered || faults.deaf) {
            return;
        }
        if (!session.tcp && !session.input.idle() && atNs - session.lastByteNs > frameIdleNs) {
            session.input.drop();
        }
        session.lastByteNs = atNs;
        if (echoes && !session.tcp) {
            session.link.send(Arrays.copyOf(bytes, length));
        }
        for (int i = 0; i < length; i++) {
            final int octet = bytes[i] & 0xff;
            take(session, faults.garbles && !session.tcp ? random.nextInt(256) : octet);
        }
    }

    /** An order has come by another way than a wire. */
    void order(BoxOrder order, String from, Answering to, long atNs) {
        run(atNs);
        if (!powered || faults.deaf) {
            return;
        }
        if (!executing) {
            execute(order, from, to);
        } else if (!faults.dropsWhileBusy && waitingOrders.size() < WAITING_LIMIT) {
            waitingOrders.add(() -> execute(order, from, to));
        }
    }

    /** Does what is due. When it wants to be called again; {@link Long#MAX_VALUE}: only when something comes. */
    long run(long atNs) {
        while (!due.isEmpty() && due.peek().atNs() <= atNs) {
            final Due next = due.remove();
            nowNs = next.atNs();
            next.task().run();
        }
        nowNs = atNs;
        return due.isEmpty() ? Long.MAX_VALUE : due.peek().atNs();
    }

    /** Whether somebody listens on the TCP port. */
    boolean listens() {
        return powered
                && (faults.second != BoxFaults.Second.REFUSE
                        || sessions.stream().noneMatch(each -> each.tcp && each.open));
    }

    // --- orders ---

    private void take(Session session, int octet) {
        if (executing) {
            if (!faults.dropsWhileBusy && session.waiting.size() < WAITING_LIMIT) {
                session.waiting.add((byte) octet);
            }
            return;
        }
        if (!session.open) {
            return;
        }
        final BoxOrder whole = session.input.take(octet);
        if (session.tcp && session.input.wantsEnd() && faults.takeClosing(BoxFaults.Closing.BEFORE)) {
            close(session);
        } else if (whole != null) {
            execute(whole, session.name(), session);
        }
    }

    private void execute(BoxOrder order, String from, Answering to) {
        if (faults.busy || order.refusal() != null) {
            noted(order, from, faults.busy ? "busy" : "refused: " + order.refusal());
            if (faults.busy) {
                answer(to::busy);
            } else {
                answer(() -> to.refused(order));
            }
            return;
        }
        noted(order, from, "accepted");
        hook(order.query());
        if (!powered) {
            return;
        }
        if (faults.takeClosing(BoxFaults.Closing.DURING)) {
            closeIfTcp(to);
        }
        if (order.query()) {
            final String positions = faults.queriesLie ? chassis.commanded() : chassis.positions();
            carriedOut(order, positions, to);
        } else {
            executing = true;
            select(order, chassis.following(order.slot()), 0, new StringBuilder(chassis.positions()), to);
        }
    }

    private void hook(boolean query) {
        final Runnable hook = query ? atQuery : atSelect;
        if (query) {
            atQuery = null;
        } else {
            atSelect = null;
        }
        if (hook != null) {
            hook.run();
        }
    }

    /** Moves the cards in these slots one after the other, from the index on. */
    private void select(BoxOrder order, int[] slots, int index, StringBuilder claimed, Answering to) {
        if (index == slots.length) {
            carriedOut(order, claimed.toString(), to);
            executed();
            return;
        }
        final int slot = slots[index];
        final Chassis.Card card = chassis.card(slot);
        final boolean fails = order.slot() == 0 && faults.allFailsAt > 0 && slot >= faults.allFailsAt;
        final boolean moves = card != null && !fails && card.position() != order.wanted();
        after(moves ? card.settleMs() * Chassis.NS_PER_MS : 0, () -> {
            if (card != null && card == chassis.card(slot) && !fails) {
                card.pulse(order.wanted());
                claimed.setCharAt(slot - 1, card.claimed(order.wanted()));
                fallBack(card);
            }
            select(order, slots, index + 1, claimed, to);
        });
    }

    private void fallBack(Chassis.Card card) {
        if (card.fallsBackFrom(card.position())) {
            final char to = card.fallsBackTo();
            after(card.fallsBackAfterMs() * Chassis.NS_PER_MS, () -> card.move(to));
        }
    }

    private void carriedOut(BoxOrder order, String claimed, Answering to) {
        if (faults.takeClosing(BoxFaults.Closing.AFTER)) {
            closeIfTcp(to);
        }
        answer(() -> to.done(order, claimed));
    }

    private void executed() {
        executing = false;
        for (final Session session : List.copyOf(sessions)) {
            while (!executing && !session.waiting.isEmpty()) {
                take(session, session.waiting.remove() & 0xff);
            }
        }
        while (!executing && !waitingOrders.isEmpty()) {
            waitingOrders.remove().run();
        }
    }

    // --- answers ---

    private void answer(Runnable said) {
        if (!faults.silent) {
            after(faults.takeDelayMs() * Chassis.NS_PER_MS, said);
        }
    }

    private void reply(Session session, String text) {
        if (text.isEmpty()) {
            return;
        }
        final byte[] noise = new byte[faults.garbageBytes];
        random.nextBytes(noise);
        send(
                session,
                new String(noise, StandardCharsets.ISO_8859_1)
                        + (faults.cutsReplies ? text.substring(0, text.length() / 2) : text));
        if (closesAfterReply && session.tcp) {
            close(session);
        }
    }

    private void greet(Session session) {
        if (!banner.isEmpty() && !session.mute) {
            send(session, banner + "\r\n");
        }
    }

    private void send(Session session, String text) {
        if (!session.open || !powered) {
            return;
        }
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (faults.garbles && !session.tcp) {
            random.nextBytes(bytes);
        }
        session.link.send(bytes);
    }

    private void closeIfTcp(Answering to) {
        if (to instanceof Session session && session.tcp) {
            close(session);
        }
    }

    private void close(Session session) {
        session.open = false;
        sessions.remove(session);
        session.link.close();
    }

    private void after(long delayNs, Runnable task) {
        if (delayNs == 0) {
            task.run();
        } else {
            due.add(new Due(nowNs + delayNs, order++, task));
        }
    }

    // --- what the control channel tells ---

    BoxFaults faults() {
        return faults;
    }

    Chassis chassis() {
        return chassis;
    }

    BoxWords words() {
        return words;
    }

    /** Is done once, when the next query or select has been understood and before it is carried out; null: nothing. */
    void at(boolean query, Runnable task) {
        if (query) {
            atQuery = task;
        } else {
            atSelect = task;
        }
    }

    void banner(String text) {
        banner = text;
    }

    void closesAfterReply(boolean on) {
        closesAfterReply = on;
    }

    void echoes(boolean on) {
        echoes = on;
    }

    /** A serial half frame is forgotten after so long without a byte; 0: never. */
    void frameIdle(int ms) {
        frameIdleNs = ms == 0 ? Long.MAX_VALUE : ms * Chassis.NS_PER_MS;
    }

    /** Puts noise on every wire that is up. */
    void noise(int bytes) {
        final byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        sessions.forEach(each -> each.link.send(noise));
    }

    /** Off for so long; then each card is at {@code to}, or where it was if that is 0. */
    void power(char to, int offMs, long atNs) {
        run(atNs);
        powered = false;
        executing = false;
        due.clear();
        waitingOrders.clear();
        for (final Session session : List.copyOf(sessions)) {
            session.input.drop();
            session.waiting.clear();
            if (session.tcp) {
                close(session);
            }
        }
        due.add(new Due(nowNs + offMs * Chassis.NS_PER_MS, order++, () -> {
            powered = true;
            chassis.powerUp(to);
            sessions.forEach(this::greet);
        }));
    }

    /** TCP connections that are up, served or not. */
    long tcpSessions() {
        return sessions.stream().filter(each -> each.tcp && each.open).count();
    }

    /** The time of what is being done. */
    long nowNs() {
        return nowNs;
    }

    boolean powered() {
        return powered;
    }

    /** The last commands that came as whole frames, the oldest first; no passwords. */
    List<String> log() {
        return List.copyOf(log);
    }

    private void noted(BoxOrder whole, String from, String outcome) {
        if (log.size() == LOG_LIMIT) {
            log.remove();
        }
        log.add(nowNs / Chassis.NS_PER_MS + " " + from + " " + whole.text() + " " + outcome);
    }
}
