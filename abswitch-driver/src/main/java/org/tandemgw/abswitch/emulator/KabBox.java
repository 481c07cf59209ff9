package org.tandemgw.abswitch.emulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A box with its links, its cards and its faults. Pure: bytes and the time come in, bytes go out through {@link BoxLink},
 * and {@link #run} says when it wants to be called again. One thread at a time.
 */
final class KabBox {
    private static final int LOG_LIMIT = 256;

    private record Due(long atNs, long order, Runnable task) {}

    /** One wire and what has come over it. */
    final class Session {
        private final BoxLink link;
        private final boolean tcp;
        private final boolean mute;
        private final FrameInput input = new FrameInput();
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
    }

    private final Chassis chassis;
    private final Random random;
    private final BoxFaults faults = new BoxFaults();
    private final List<Session> sessions = new ArrayList<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNs).thenComparingLong(Due::order));
    private final ArrayDeque<String> log = new ArrayDeque<>();

    private ReplyDialect dialect = ReplyDialect.LINE;
    private String password = "PASS";
    private String banner = "";
    private boolean closesAfterReply;
    private boolean echoes;
    private long frameIdleNs = Long.MAX_VALUE;
    private boolean powered = true;
    private boolean executing;
    private long order;
    private long nowNs;

    KabBox(Chassis chassis, Random random) {
        this.chassis = chassis;
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
        if (!banner.isEmpty() && !session.mute) {
            send(session, banner + "\r\n");
        }
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
            session.link.send(java.util.Arrays.copyOf(bytes, length));
        }
        for (int i = 0; i < length; i++) {
            final int octet = bytes[i] & 0xff;
            take(session, faults.garbles && !session.tcp ? random.nextInt(256) : octet);
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

    // --- frames ---

    private void take(Session session, int octet) {
        if (executing) {
            if (!faults.dropsWhileBusy && session.waiting.size() < 4096) {
                session.waiting.add((byte) octet);
            }
            return;
        }
        if (!session.open) {
            return;
        }
        final FrameInput.Request request = session.input.take(octet);
        if (session.tcp && faults.closing == BoxFaults.Closing.BEFORE && session.input.wantsCr()) {
            close(session);
        } else if (request != null) {
            execute(session, request);
        }
    }

    private void execute(Session session, FrameInput.Request request) {
        if (faults.busy) {
            noted(session, request, "busy");
            reply(session, dialect.busy());
            return;
        }
        final String refusal = refusal(request);
        if (refusal != null) {
            noted(session, request, "refused: " + refusal);
            if (dialect.answersRefusal()) {
                reply(session, dialect.refusal(refusal));
            }
            return;
        }
        final int slot = request.card().equalsIgnoreCase("a") ? 0 : Integer.parseInt(request.card());
        final char command = Character.toUpperCase(request.command().charAt(0));
        noted(session, request, "accepted");
        if (session.tcp && faults.closing == BoxFaults.Closing.DURING) {
            close(session);
        }
        if (command == 'Q') {
            answer(session, slot, chassis.positions(), true);
        } else {
            executing = true;
            select(session, slot, command, slot == 0 ? 1 : slot, new StringBuilder(chassis.positions()));
        }
    }

    /** PASSWORD, CARD or COMMAND; null if nothing is wrong. */
    private String refusal(FrameInput.Request request) {
        if (!request.password().equals(password)) {
            return "PASSWORD";
        }
        final boolean all = request.card().equalsIgnoreCase("a");
        if (!all && !request.card().matches("0*([1-9]|1[0-6])")) {
            return "CARD";
        }
        return request.command().matches("[aAbBqQ]") ? null : "COMMAND";
    }

    /** Moves the card in this slot and, if all were asked for, those behind it, one after the other. */
    private void select(Session session, int asked, char wanted, int slot, StringBuilder claimed) {
        final Chassis.Card card = chassis.card(slot);
        final boolean fails = asked == 0 && faults.allFailsAt > 0 && slot >= faults.allFailsAt;
        final boolean moves = card != null && !fails && card.position() != wanted;
        after(moves ? card.settleMs() * Chassis.NS_PER_MS : 0, () -> {
            if (card != null && card == chassis.card(slot) && !fails) {
                card.pulse(wanted);
                claimed.setCharAt(slot - 1, card.claimed(wanted));
                fallBack(card);
            }
            if (asked == 0 && slot < Chassis.SLOTS) {
                select(session, asked, wanted, slot + 1, claimed);
            } else {
                answer(session, asked, claimed.toString(), dialect.answersSelect());
                executed();
            }
        });
    }

    private void fallBack(Chassis.Card card) {
        if (card.fallsBackFrom(card.position())) {
            final char to = card.fallsBackTo();
            after(card.fallsBackAfterMs() * Chassis.NS_PER_MS, () -> card.move(to));
        }
    }

    private void executed() {
        executing = false;
        for (final Session session : List.copyOf(sessions)) {
            while (!executing && !session.waiting.isEmpty()) {
                take(session, session.waiting.remove() & 0xff);
            }
        }
    }

    private void answer(Session session, int slot, String claimed, boolean wordsToo) {
        if (session.tcp && faults.closing == BoxFaults.Closing.AFTER) {
            close(session);
        } else if (wordsToo && !faults.silent) {
            reply(session, dialect.answer(slot, claimed));
        }
    }

    private void reply(Session session, String text) {
        final String whole = faults.cutsReplies ? text.substring(0, text.length() / 2) : text;
        final byte[] noise = new byte[faults.garbageBytes];
        random.nextBytes(noise);
        final String sent = new String(noise, StandardCharsets.ISO_8859_1) + whole;
        after(faults.delayMs * Chassis.NS_PER_MS, () -> {
            send(session, sent);
            if (closesAfterReply && session.tcp) {
                close(session);
            }
        });
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

    void dialect(ReplyDialect spoken) {
        dialect = spoken;
    }

    void password(String changed) {
        password = changed;
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
        for (final Session session : List.copyOf(sessions)) {
            session.input.drop();
            session.waiting.clear();
            if (session.tcp) {
                close(session);
            }
        }
        due.add(new Due(nowNs + offMs * Chassis.NS_PER_MS, order++, () -> {
            powered = true;
            for (int slot = 1; to != 0 && slot <= Chassis.SLOTS; slot++) {
                if (chassis.card(slot) != null) {
                    chassis.card(slot).move(to);
                }
            }
        }));
    }

    boolean powered() {
        return powered;
    }

    /** The last commands that came as whole frames, the oldest first; no passwords. */
    List<String> log() {
        return List.copyOf(log);
    }

    private void noted(Session session, FrameInput.Request request, String outcome) {
        if (log.size() == LOG_LIMIT) {
            log.remove();
        }
        log.add(nowNs / Chassis.NS_PER_MS + " " + session.name() + " " + request.card() + " " + request.command() + " "
                + outcome);
    }
}
