package org.tandemgw.gateway.cli;

import java.util.Arrays;
import java.util.List;

/** What a terminal of some size shows of what it was sent: cursor home, clearing, colours, returns, and lines that do not wrap. */
final class ShownScreen {
    private final char[][] cells;
    private int row;
    private int column;

    private ShownScreen(int rows, int columns) {
        cells = new char[rows][columns];
        clear();
    }

    /** The lines, without blanks at their ends, after what was sent since the screen was cleared last. */
    static List<String> of(String sent, int rows, int columns) {
        final ShownScreen screen = new ShownScreen(rows, columns);
        int at = Math.max(0, sent.lastIndexOf("\033[2J"));
        while (at < sent.length()) {
            at = sent.charAt(at) == '\033' ? screen.sequence(sent, at) : screen.letter(sent, at);
        }
        return Arrays.stream(screen.cells)
                .map(line -> new String(line).stripTrailing())
                .toList();
    }

    private int letter(String sent, int at) {
        final char c = sent.charAt(at);
        if (c == '\r') {
            column = 0;
        } else if (c == '\n') {
            row = Math.min(row + 1, cells.length - 1);
        } else {
            cells[row][column] = c;
            column = Math.min(column + 1, cells[0].length - 1);
        }
        return at + 1;
    }

    private int sequence(String sent, int at) {
        int end = at + 2;
        while (end < sent.length() && !Character.isLetter(sent.charAt(end))) {
            end++;
        }
        if (end >= sent.length()) {
            return end; // cut off: the rest comes
        }
        switch (sent.substring(at + 1, end + 1)) {
            case "[2J" -> clear();
            case "[H" -> {
                row = 0;
                column = 0;
            }
            case "[K" -> Arrays.fill(cells[row], column, cells[0].length, ' ');
            default -> {
                if (sent.charAt(end) != 'm' && sent.charAt(at + 2) != '?') {
                    throw new IllegalStateException("not known: " + sent.substring(at + 1, end + 1));
                }
            }
        }
        return end + 1;
    }

    private void clear() {
        for (final char[] line : cells) {
            Arrays.fill(line, ' ');
        }
    }
}
