package org.tandemgw.gateway.status;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as they must be. Numbers to the right, words to the left. Used by one thread. */
public final class TextTable {
    private static final String GAP = "  ";

    private record Cell(String text, Ink ink) {}

    private final boolean colours;
    private final List<List<Cell>> rows = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private List<Cell> row;

    /** Headings; one that begins with {@code >} has its column to the right. */
    public TextTable(boolean colours, String... headings) {
        this.colours = colours;
        row();
        for (final String heading : headings) {
            final boolean toTheRight = heading.startsWith(">");
            right.add(toTheRight);
            cell(toTheRight ? heading.substring(1) : heading, Ink.DIM);
        }
    }

    /** Begins a row. */
    public TextTable row() {
        row = new ArrayList<>();
        rows.add(row);
        return this;
    }

    /** The next cell of the row. */
    public TextTable cell(Object value) {
        return cell(value, Ink.PLAIN);
    }

    /** The next cell of the row, coloured; null is a dash. */
    public TextTable cell(Object value, Ink ink) {
        row.add(new Cell(value == null ? "-" : Ink.harmless(value.toString()), ink));
        return this;
    }

    /** The lines, without trailing blanks. */
    public List<String> lines() {
        final int[] widths = new int[right.size()];
        for (final List<Cell> cells : rows) {
            for (int i = 0; i < cells.size(); i++) {
                widths[i] = Math.max(widths[i], cells.get(i).text().length());
            }
        }
        return rows.stream().map(cells -> line(cells, widths)).toList();
    }

    private String line(List<Cell> cells, int[] widths) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            final Cell cell = cells.get(i);
            final String blanks = " ".repeat(widths[i] - cell.text().length());
            final String text = cell.ink().paint(cell.text(), colours);
            line.append(i == 0 ? "" : GAP);
            if (right.get(i)) {
                line.append(blanks).append(text);
            } else {
                line.append(text).append(i == cells.size() - 1 ? "" : blanks);
            }
        }
        return line.toString().stripTrailing();
    }
}
