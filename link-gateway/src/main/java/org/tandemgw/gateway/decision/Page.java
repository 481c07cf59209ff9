package org.tandemgw.gateway.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.status.Ink;

/** Lines that fit a page: no longer than {@link #WIDTH}, long sentences broken between words, control characters of other people's texts taken out. */
final class Page {
    static final int WIDTH = 100;

    private static final int DAY_S = 86_400;

    private final boolean colours;
    private final List<String> lines = new ArrayList<>();

    Page(boolean colours) {
        this.colours = colours;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void blank() {
        lines.add("");
    }

    void heading(String text) {
        lines.add(Ink.BOLD.paint(text, colours));
    }

    /** A label in its colour, and a text behind it that goes on below itself; at most so many lines. */
    void item(String label, Ink ink, int indent, String text, int most) {
        final List<String> parts = wrapped(Ink.harmless(text), WIDTH - indent, most);
        lines.add((ink.paint(label, colours) + " ".repeat(Math.max(0, indent - label.length())) + parts.get(0))
                .stripTrailing());
        parts.subList(1, parts.size()).forEach(part -> lines.add(" ".repeat(indent) + part));
    }

    /** The same for what is to be typed: broken between commands where that is possible. */
    void commands(String label, int indent, String text) {
        final List<String> parts = new ArrayList<>();
        for (final String each : Ink.harmless(text).strip().split("(?<=;) |(?<=,) (?=or )")) {
            final int last = parts.size() - 1;
            if (last >= 0 && parts.get(last).length() + 1 + each.length() <= WIDTH - indent) {
                parts.set(last, parts.get(last) + " " + each);
            } else {
                parts.addAll(wrapped(each, WIDTH - indent, 2));
            }
        }
        item(label, Ink.BOLD, indent, parts.get(0), 1);
        parts.subList(1, parts.size()).forEach(part -> text(indent, part, 1));
    }

    void text(int indent, String text, int most) {
        item("", Ink.PLAIN, indent, text, most);
    }

    /** At most so many lines; what does not fit is cut off, and that is shown. */
    static List<String> wrapped(String text, int width, int most) {
        final List<String> parts = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > width && parts.size() < most - 1) {
            final int blank = rest.lastIndexOf(' ', width);
            final int end = blank <= width / 3 ? width : blank;
            parts.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).strip();
        }
        parts.add(cut(rest, width));
        return parts;
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }

    /** Before or after the verdict: {@code -2.310s}, {@code +14.2s}, {@code -30min}. */
    static String relative(long ms) {
        final double s = ms / 1_000.0;
        if (Math.abs(s) < 10) {
            return String.format(Locale.ROOT, "%+.3fs", s);
        }
        if (Math.abs(s) < 600) {
            return String.format(Locale.ROOT, "%+.1fs", s);
        }
        return Math.abs(s) < 2 * DAY_S
                ? String.format(Locale.ROOT, "%+.0fmin", s / 60)
                : String.format(Locale.ROOT, "%+.0fd", s / DAY_S);
    }

    /** How long something took. */
    static String took(double ms) {
        return ms < 1_000
                ? String.format(Locale.ROOT, ms < 10 ? "%.1f ms" : "%.0f ms", ms)
                : String.format(Locale.ROOT, "%.2f s", ms / 1_000);
    }
}
