package org.tandemgw.gateway.cli;

import java.io.PrintStream;
import java.util.List;
import org.tandemgw.gateway.terminal.Terminal;

/** Lines drawn in place on the terminal's alternate screen; what was on the terminal before comes back in the end. */
final class LiveScreen implements AutoCloseable {
    private static final String ENTER = "\033[?1049h\033[?25l\033[2J";
    private static final String LEAVE = "\033[0m\033[?25h\033[?1049l";

    private final PrintStream out;
    private final Terminal terminal;
    private boolean left;

    LiveScreen(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
        terminal.singleKeys();
        out.print(ENTER);
        out.flush();
    }

    /** The lines, as many as there is room for, and one at the bottom. */
    synchronized void draw(List<String> lines, String bottom) {
        if (left) {
            return;
        }
        terminal.measure();
        final int room = terminal.rows() - 1;
        final boolean all = lines.size() <= room;
        final StringBuilder screen = new StringBuilder("\033[H");
        for (int i = 0; i < room; i++) {
            screen.append(i < lines.size() ? cut(lines.get(i), terminal.columns()) : "")
                    .append("\033[0m\033[K\r\n");
        }
        final String more = all ? "" : "   (" + (lines.size() - room) + " more lines: make the window higher)";
        screen.append(cut(bottom + more, terminal.columns())).append("\033[K");
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

    /** At most {@code columns} visible characters; colours are none. */
    static String cut(String line, int columns) {
        int visible = 0;
        boolean colour = false;
        for (int i = 0; i < line.length(); i++) {
            final char c = line.charAt(i);
            if (colour) {
                colour = c != 'm';
            } else if (c == '\033') {
                colour = true;
            } else if (visible++ == columns) {
                return line.substring(0, i);
            }
        }
        return line;
    }
}
