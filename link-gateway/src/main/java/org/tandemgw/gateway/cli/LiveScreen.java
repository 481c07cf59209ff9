package org.tandemgw.gateway.cli;

import java.io.PrintStream;
import java.util.List;
import org.tandemgw.gateway.terminal.Terminal;

/** Lines drawn in place on the terminal's alternate screen; what was on the terminal before comes back in the end. */
final class LiveScreen implements AutoCloseable {
    private static final String ENTER = "\033[?1049h\033[?25l\033[?7l\033[2J";
    private static final String LEAVE = "\033[0m\033[?7h\033[?25h\033[?1049l";

    private final PrintStream out;
    private final Terminal terminal;
    private final String ellipsis;
    private int columns;
    private boolean left;

    LiveScreen(PrintStream out, Terminal terminal, boolean unicode) {
        this.out = out;
        this.terminal = terminal;
        this.ellipsis = unicode ? "…" : ">";
        terminal.singleKeys();
        terminal.measure();
        out.print(ENTER);
        out.flush();
    }

    /** The window may have another size now. */
    synchronized void measure() {
        if (!left) {
            terminal.measure();
        }
    }

    /** How many lines there is room for, besides the one at the bottom. */
    int room() {
        return terminal.rows() - 1;
    }

    int columns() {
        return terminal.columns();
    }

    /** The lines from this one on, as many as there is room for, and one at the bottom. */
    synchronized void draw(List<String> lines, int from, String bottom) {
        if (left) {
            return;
        }
        final StringBuilder screen = new StringBuilder(columns == terminal.columns() ? "\033[H" : "\033[H\033[2J");
        columns = terminal.columns();
        for (int i = from; i < from + room(); i++) {
            // Cleared first: behind a full line that would take its last letter.
            screen.append("\033[K")
                    .append(i < lines.size() ? cut(lines.get(i), columns, ellipsis) : "")
                    .append("\033[0m\r\n");
        }
        screen.append("\033[K").append(cut(bottom, columns, ellipsis)).append("\033[0m");
        out.print(screen);
        out.flush();
    }

    /** Safe to call twice, and from a shutdown hook. */
    @Override
    public synchronized void close() {
        if (!left) {
            left = true;
            out.print(LEAVE);
            out.flush();
            terminal.restore();
        }
    }

    /** At most {@code columns} visible characters, the last of which says that more would follow; colours are none. */
    static String cut(String line, int columns, String ellipsis) {
        int visible = 0;
        int lastAt = 0;
        boolean colour = false;
        for (int i = 0; i < line.length(); i++) {
            final char c = line.charAt(i);
            if (colour) {
                colour = c != 'm';
            } else if (c == '\033') {
                colour = true;
            } else if (visible++ == columns) {
                return line.substring(0, lastAt) + ellipsis;
            } else {
                lastAt = i;
            }
        }
        return line;
    }
}
