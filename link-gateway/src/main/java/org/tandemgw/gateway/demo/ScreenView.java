package org.tandemgw.gateway.demo;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.tandemgw.gateway.terminal.Terminal;

/** A screen that is drawn anew in place: the two legs, the stream, the two servers, and what happened last. */
final class ScreenView implements DemoView {
    private static final int EVENTS = 200;
    private static final int STATE_COLUMNS = 13;
    private static final String ENTER = "\033[?1049h\033[?25l\033[2J";
    private static final String LEAVE = "\033[?25h\033[?1049l";
    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String YELLOW = "33";
    private static final String DIM = "2";
    private static final String BOLD = "1";

    private final PrintStream out;
    private final Terminal size;
    private final boolean colours;
    private final boolean unicode;
    private final String title;
    private final List<String> where;
    private final ArrayDeque<String> events = new ArrayDeque<>();
    private final LongSupplier elapsedMs;
    private boolean left;

    ScreenView(
            PrintStream out,
            Terminal size,
            boolean colours,
            boolean unicode,
            String title,
            List<String> where,
            LongSupplier elapsedMs) {
        this.out = out;
        this.size = size;
        this.colours = colours;
        this.unicode = unicode;
        this.title = title;
        this.where = where;
        this.elapsedMs = elapsedMs;
        out.print(ENTER);
        out.flush();
    }

    @Override
    public void event(Kind kind, String text) {
        final String mark =
                switch (kind) {
                    case NOTE -> paint(DIM, glyph("·", "."));
                    case BROKEN -> paint(RED, glyph("✂", "-"));
                    case MENDED -> paint(YELLOW, glyph("↺", "+"));
                    case GOOD -> paint(GREEN, glyph("✔", "="));
                    case WRONG -> paint(RED, glyph("✘", "!"));
                };
        final String said = kind == Kind.WRONG ? paint(RED, text) : text;
        events.add("  " + paint(DIM, minutes(elapsedMs.getAsLong())) + "  " + mark + " " + said);
        if (events.size() > EVENTS) {
            events.remove();
        }
    }

    @Override
    public void show(DemoPicture picture) {
        final String wire = paint(DIM, "     " + glyph("│", "|"));
        final List<String> lines = new ArrayList<>();
        lines.add(" " + paint(BOLD, "Tandem demo") + "   " + paint(DIM, title) + "   " + time(picture));
        lines.add("");
        lines.add(row("  ACD", "", picture.sent()) + " frames sent");
        picture.legs().forEach(leg -> lines.add(leg(leg)));
        lines.add(wire);
        lines.add(row("  TANDEM", appliance(picture), picture.stream()) + " records, " + gaps(picture));
        lines.add(wire);
        picture.servers().forEach(server -> lines.add(server(server, picture.sent())));
        lines.add("");
        lines.add("  " + paint(BOLD, "now  ")
                + (picture.broken() == null ? paint(GREEN, "nothing is broken") : paint(RED, picture.broken())));
        lines.add("");
        final int room = Math.max(1, size.rows() - lines.size() - where.size() - 2);
        events.stream().skip(Math.max(0, events.size() - room)).forEach(lines::add);
        while (lines.size() < size.rows() - where.size() - 1) {
            lines.add("");
        }
        where.forEach(line -> lines.add("  " + paint(DIM, line)));
        draw(lines);
    }

    private void draw(List<String> lines) {
        final StringBuilder screen = new StringBuilder("\033[H");
        final int rows = Math.min(lines.size(), size.rows() - 1);
        for (int i = 0; i < rows; i++) {
            screen.append(cut(lines.get(i), size.columns())).append("\033[0m\033[K\r\n");
        }
        out.print(screen.append("\033[J"));
        out.flush();
    }

    /** Name, state and number, each in its column. */
    private static String row(String name, String state, long number) {
        final int stateWidth = STATE_COLUMNS + state.length() - visible(state);
        return String.format(Locale.ROOT, "%-11s%-" + stateWidth + "s%,11d", name, state, number);
    }

    private String leg(DemoPicture.Leg leg) {
        final String state = leg.halfOpen() ? half("half-open") : leg.connected() ? full("up") : empty("down");
        return row("    leg " + leg.leg(), state, leg.carried())
                + String.format(Locale.ROOT, " frames carried   cut %d times", leg.cuts());
    }

    private String appliance(DemoPicture picture) {
        return picture.applianceUp() ? full("pid " + picture.pid()) : empty("not running");
    }

    private String server(DemoServer.Standing server, long sent) {
        final String state = server.connected()
                ? server.slow() ? half("slow") : full("connected")
                : empty(server.running() ? "away" : "stopped");
        final long behind = Math.max(0, sent - server.through());
        final long wrong = server.lost() + server.extra();
        return row("    " + server.name(), state, server.last())
                + " records"
                + paint(behind > 100 ? YELLOW : DIM, String.format(Locale.ROOT, " %,7d behind", behind))
                + "  "
                + paint(wrong == 0 ? GREEN : RED, server.lost() + " lost, " + server.extra() + " repeated");
    }

    private static String gaps(DemoPicture picture) {
        final long gaps = picture.servers().stream()
                .mapToLong(DemoServer.Standing::gaps)
                .max()
                .orElse(0);
        return gaps == 0 ? "no gap" : gaps == 1 ? "1 gap" : gaps + " gaps";
    }

    private String full(String word) {
        return paint(GREEN, glyph("●", "*") + " " + word);
    }

    private String half(String word) {
        return paint(YELLOW, glyph("◐", "?") + " " + word);
    }

    private String empty(String word) {
        return paint(RED, glyph("○", "o") + " " + word);
    }

    private String glyph(String drawn, String plain) {
        return unicode ? drawn : plain;
    }

    private static String time(DemoPicture picture) {
        final String elapsed = minutes(picture.elapsedMs());
        return picture.lastsMs() < 0 ? elapsed : elapsed + " of " + minutes(picture.lastsMs());
    }

    private static String minutes(long millis) {
        return String.format(Locale.ROOT, "%d:%02d", millis / 60_000, millis / 1000 % 60);
    }

    private String paint(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    /** At most {@code columns} visible characters; colour codes are none. */
    static String cut(String line, int columns) {
        int seen = 0;
        for (int i = 0; i < line.length(); i = after(line, i)) {
            if (line.charAt(i) != '\033' && seen++ == columns) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private static int visible(String text) {
        int seen = 0;
        for (int i = 0; i < text.length(); i = after(text, i)) {
            seen += text.charAt(i) == '\033' ? 0 : 1;
        }
        return seen;
    }

    /** The place after the character or the whole colour code at {@code i}. */
    private static int after(String text, int i) {
        return text.charAt(i) == '\033' ? text.indexOf('m', i) + 1 : i + 1;
    }

    @Override
    public void close() {
        if (!left) {
            left = true;
            out.print(LEAVE);
            out.flush();
        }
    }
}
