package org.tandemgw.gateway.config;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One conclusion of {@code check}: the same rows for people and for programs.
 *
 * @param key its name for programs
 * @param title its name for people
 * @param columns names of the columns
 * @param rows one list of cells, texts or numbers, for each row
 * @param note what the rows assume; may be empty
 */
record Table(String key, String title, List<String> columns, List<List<Object>> rows, String note) {

    void print(PrintStream out) {
        out.println();
        out.println(title);
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            widths.add(width(column));
        }
        printRow(out, List.copyOf(columns), widths);
        rows.forEach(row -> printRow(out, row, widths));
        if (!note.isEmpty()) {
            out.println("  (" + note + ")");
        }
    }

    private int width(int column) {
        int width = columns.get(column).length();
        for (List<Object> row : rows) {
            width = Math.max(width, String.valueOf(row.get(column)).length());
        }
        return width;
    }

    private static void printRow(PrintStream out, List<?> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder(" ");
        for (int column = 0; column < row.size(); column++) {
            String cell = String.valueOf(row.get(column));
            line.append(' ').append(cell);
            line.append(" ".repeat(widths.get(column) - cell.length() + 1));
        }
        out.println(line.toString().stripTrailing());
    }

    List<Map<String, Object>> asObjects() {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (List<Object> row : rows) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int column = 0; column < columns.size(); column++) {
                object.put(columns.get(column), row.get(column));
            }
            objects.add(object);
        }
        return objects;
    }
}
