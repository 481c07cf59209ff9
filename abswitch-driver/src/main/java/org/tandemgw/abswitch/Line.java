package org.tandemgw.abswitch;

import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** One path as the owner sees it: whether it is open, how long it has been quiet, and what is still owed on it. */
final class Line {
    /** Who is told what happens on the line: the exchange under way. */
    interface User {
        void opened();

        void sent();

        void received(byte[] bytes);

        void closed(PathEnd end, String text);
    }

    /** How many answers may still come to a process that died before us: an assumption. */
    static final int LEFT_BEHIND = 2;

    private final BoxPath path;
    private final boolean perCommand;
    private final Owed owed;
    private final LongSupplier nowNs;
    private final BiConsumer<Line, String> lostWhileIdle;
    private Opening opening;
    private boolean open;
    private long openings;
    private long quietSinceNs;
    private User user;

    /**
     * A closed line.
     *
     * @param lostWhileIdle told when an open line closes that nobody uses, and why
     */
    Line(BoxPath path, BoxRules rules, LongSupplier nowNs, BiConsumer<Line, String> lostWhileIdle) {
        this.path = path;
        this.perCommand = path.kind() == PathKind.TCP && rules.connection() == BoxRules.Connection.PER_COMMAND;
        this.owed = new Owed(rules.timing().late().toNanos());
        this.nowNs = nowNs;
        if (path.kind() == PathKind.SERIAL) {
            // A process that has just died here may have left questions behind.
            for (int i = 0; i < LEFT_BEHIND; i++) {
                owed.sent(nowNs.getAsLong());
            }
        }
        this.lostWhileIdle = lostWhileIdle;
    }

    String describe() {
        return path.describe();
    }

    PathKind kind() {
        return path.kind();
    }

    Owed owed() {
        return owed;
    }

    boolean isOpen() {
        return open;
    }

    boolean isPerCommand() {
        return perCommand;
    }

    /** Whether an answer to an earlier frame may come here: then the line must be quiet before it is asked, and asked twice. */
    boolean keepsAnswers() {
        return path.kind() == PathKind.SERIAL || path.kind() == PathKind.TCP && !perCommand;
    }

    /** How many answers have to agree before they prove anything, were nothing owed. */
    int agree() {
        return keepsAnswers() ? 2 : 1;
    }

    /**
     * What a reading is tied to before a command: the opening of a line that stays open, because half a frame may have been left behind.
     * TCP leaves none, and a box may close after each answer whatever its profile says.
     */
    long mark() {
        return path.kind() == PathKind.TCP ? 0 : open ? openings : -1;
    }

    long quietSinceNs() {
        return quietSinceNs;
    }

    void use(User next) {
        user = next;
    }

    void open() {
        opening = new Opening();
        path.open(opening);
    }

    void send(byte[] frame) {
        path.send(frame);
    }

    void close() {
        open = false;
        if (opening != null) {
            opening = null;
            path.close();
        }
    }

    private final class Opening implements PathEvents {
        @Override
        public void opened() {
            if (opening == this && !open) {
                open = true;
                openings++;
                quietSinceNs = nowNs.getAsLong();
                if (user != null) {
                    user.opened();
                }
            }
        }

        @Override
        public void sent() {
            if (opening == this && user != null) {
                user.sent();
            }
        }

        @Override
        public void received(byte[] bytes) {
            if (opening == this) {
                quietSinceNs = nowNs.getAsLong();
                if (user != null) {
                    user.received(bytes);
                }
            }
        }

        @Override
        public void closed(PathEnd end, String text) {
            if (opening == this) {
                Line.this.close(); // so that the adapter lets go of sockets and threads, however it came to its end
                if (user != null) {
                    user.closed(end, text);
                } else {
                    lostWhileIdle.accept(Line.this, text);
                }
            }
        }
    }
}
