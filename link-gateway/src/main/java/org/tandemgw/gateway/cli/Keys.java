package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Single keys of a terminal, as what they mean to a live screen. Its own thread reads; ends with the process. */
final class Keys {
    /** What somebody wants. */
    enum Key {
        LEAVE,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        TOP,
        DETAILS,
        /** A key without a meaning. */
        OTHER
    }

    private static final int CTRL_D = 4;
    private static final int ESCAPE = 27;

    private Keys() {}

    /** Tells each key to {@code told}, on a thread of its own; the end of the input is {@link Key#LEAVE}. */
    static void listen(InputStream in, Consumer<Key> told) {
        final Thread keys = new Thread(
                () -> {
                    try {
                        for (int c = in.read(); c >= 0; c = in.read()) {
                            told.accept(c == ESCAPE ? sequence(in) : plain(c));
                        }
                    } catch (IOException e) {
                        told.accept(Key.LEAVE);
                    }
                    told.accept(Key.LEAVE);
                },
                "keys");
        keys.setDaemon(true);
        keys.start();
    }

    private static Key plain(int c) {
        return switch (c) {
            case 'q', 'Q', CTRL_D -> Key.LEAVE;
            case 'k' -> Key.UP;
            case 'j' -> Key.DOWN;
            case 'b' -> Key.PAGE_UP;
            case ' ' -> Key.PAGE_DOWN;
            case 'g' -> Key.TOP;
            case 'd' -> Key.DETAILS;
            default -> Key.OTHER;
        };
    }

    /** What follows an escape: {@code [A}, {@code OA}, {@code [5~}. */
    private static Key sequence(InputStream in) throws IOException {
        final int kind = in.read();
        if (kind != '[' && kind != 'O') {
            return plain(kind); // the escape key alone, and then another one
        }
        final StringBuilder code = new StringBuilder();
        int c = in.read();
        while (c >= '0' && c <= '9' || c == ';') {
            code.append((char) c);
            c = in.read();
        }
        return switch (c) {
            case 'A' -> Key.UP;
            case 'B' -> Key.DOWN;
            case 'H' -> Key.TOP;
            case '~' ->
                code.toString().equals("5") ? Key.PAGE_UP : code.toString().equals("6") ? Key.PAGE_DOWN : Key.OTHER;
            default -> Key.OTHER;
        };
    }
}
