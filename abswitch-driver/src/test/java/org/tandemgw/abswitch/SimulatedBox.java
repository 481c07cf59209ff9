package org.tandemgw.abswitch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A K16 that knows the truth about its relays, and can be broken in every way that a box is broken. */
final class SimulatedBox {
    enum Dialect {
        LINE,
        LINE_LFCR,
        PADDED,
        BARE,
        BITMAP,
        QUIET_SWITCH,
        VERBOSE
    }

    static final class Card {
        boolean fitted;
        String position = "A";
        boolean stuck;
        long slowMs = 15;
        boolean everSlow;
        final List<Long> changedAtNs = new ArrayList<>();
        final List<Long> changedBesideCommandsNs = new ArrayList<>();
    }

    /** One query that reached the box, and what was true then. */
    record Answer(long atNs, int card, String truth) {}

    /** Where answers go, and what is kept of half frames. One for each path, or for each connection. */
    static final class Port {
        final StringBuilder frame = new StringBuilder();
        boolean inFrame;
    }

    final Map<Integer, Card> cards = new TreeMap<>();
    final List<Answer> answers = new ArrayList<>();
    final Dialect dialect;
    final boolean lies;
    String password = TestRules.PASSWORD;
    boolean on = true;
    boolean mute;
    /** What it answers to whatever it is sent: it is of another make. */
    String foreign;

    boolean busy;
    int commandsCarriedOut;
    private final SimulatedTime time;

    SimulatedBox(SimulatedTime time, Dialect dialect, boolean lies) {
        this.time = time;
        this.dialect = dialect;
        this.lies = lies;
        for (int n = 1; n <= 16; n++) {
            cards.put(n, new Card());
        }
    }

    Card card(int number) {
        return cards.get(number);
    }

    String truth(int number) {
        Card card = card(number);
        return card.fitted ? card.position : BoxRules.ABSENT;
    }

    /** Takes bytes. Returns what is answered after how many milliseconds to the last frame in them, or null. */
    Reply input(Port port, String bytes) {
        Reply reply = null;
        for (char c : on ? bytes.toCharArray() : new char[0]) {
            if (c == 0x1B) {
                port.inFrame = true;
                port.frame.setLength(0);
            } else if (c == '\r' && port.inFrame) {
                port.inFrame = false;
                reply = mute ? null : evaluate(port.frame.toString());
            } else if (port.inFrame) {
                port.frame.append(c);
            }
        }
        return reply;
    }

    record Reply(String text, long afterMs, boolean position) {}

    private Reply evaluate(String frame) {
        if (foreign != null) {
            return new Reply(foreign, 5, false);
        }
        int a = frame.indexOf(1);
        int b = frame.indexOf(2);
        if (busy) {
            return new Reply("BUSY\r\n", 5, false);
        }
        if (a < 0 || b < a || !frame.substring(0, a).equals(password)) {
            return dialect == Dialect.VERBOSE ? new Reply("ERROR PASSWORD\r\n", 5, false) : null;
        }
        int number;
        try {
            number = Integer.parseInt(frame.substring(a + 1, b));
        } catch (NumberFormatException e) {
            return null;
        }
        String command = frame.substring(b + 1);
        if (!cards.containsKey(number) || !command.matches("[ABQ]")) {
            return null;
        }
        if (command.equals("Q")) {
            answers.add(new Answer(time.nowNs(), number, truth(number)));
            return new Reply(text(number, truth(number)), 5, true);
        }
        return move(number, command);
    }

    private Reply move(int number, String position) {
        Card card = card(number);
        commandsCarriedOut++;
        if (card.fitted && !card.stuck) {
            time.afterMs(card.slowMs, () -> {
                if (on && !card.stuck) {
                    set(card, position, false);
                }
            });
        }
        if (dialect == Dialect.QUIET_SWITCH) {
            return null;
        }
        String said = !card.fitted ? BoxRules.ABSENT : card.stuck && !lies ? card.position : position;
        return new Reply(text(number, said), 5 + Math.min(card.slowMs, 20), true);
    }

    void set(Card card, String position, boolean besideCommands) {
        if (!card.position.equals(position)) {
            card.position = position;
            card.changedAtNs.add(time.nowNs());
            if (besideCommands) {
                card.changedBesideCommandsNs.add(time.nowNs());
            }
        }
    }

    void fit(Card card, boolean fitted) {
        if (card.fitted != fitted) {
            card.fitted = fitted;
            card.changedAtNs.add(time.nowNs());
            card.changedBesideCommandsNs.add(time.nowNs());
        }
    }

    private String text(int number, String position) {
        String said = position.equals(BoxRules.ABSENT) ? "NONE" : position;
        return switch (dialect) {
            case LINE, QUIET_SWITCH, VERBOSE -> number + " " + said + "\r\n";
            case LINE_LFCR -> number + " " + said + "\n\r";
            case PADDED ->
                "\r\n" + (number < 10 ? "0" : "") + number + " " + said.toLowerCase(java.util.Locale.ROOT) + "\r\n";
            case BARE -> said + "\r\n";
            case BITMAP -> {
                StringBuilder row = new StringBuilder();
                cards.forEach((n, card) ->
                        row.append(n == number ? said.replace("NONE", "-") : card.fitted ? card.position : "-"));
                yield row.toString();
            }
        };
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
