package org.tandemgw.gateway.demo;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A screen that is drawn anew in place: the two legs, the stream, the two servers, and what happened last. */
final class ScreenView implements DemoView {
    private static final int EVENTS = 200;
    private static final String ENTER = "\033[?1049h\033[?25l\033[2J";
    private static final String LEAVE = "\033[?25h\033[?1049l";
    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String YELLOW = "33";
    private static final String DIM = "2";
    private static final String BOLD = "1";

    private final PrintStream out;
    private final TerminalSize size;
    private final boolean colours;
    private final String title;
    private final List<String> where;
    private final ArrayDeque<String> events = new ArrayDeque<>();
    private long elapsedMs;

    ScreenView(PrintStream out, TerminalSize size, boolean colours, String title, List<String> where) {
        this.out = out;
        this.size = size;
        this.colours = colours;
        this.title = title;
        this.where = where;
        out.print(ENTER);
        out.flush();
    }

    @Override
    public void event(Kind kind, String text) {
        final String mark =
                switch (kind) {
                    case NOTE -> paint(DIM, "·");
                    case BROKEN -> paint(RED, "✂");
                    case MENDED -> paint(YELLOW, "↺");
                    case GOOD -> paint(GREEN, "✔");
                    case WRONG -> paint(RED, "✘");
                };
        final String time = String.format(Locale.ROOT, "%02d:%02d", elapsedMs / 60_000, elapsedMs / 1000 % 60);
        final String said = kind == Kind.WRONG ? paint(RED, text) : text;
        events.add("  " + paint(DIM, time) + "  " + mark + " " + said);
        if (events.size() > EVENTS) {
            events.remove();
        }
    }

    @Override
    public void show(DemoPicture picture) {
        elapsedMs = picture.elapsedMs();
        final List<String> lines = new ArrayList<>();
        lines.add(" " + paint(BOLD, "Tandem demo") + "   " + paint(DIM, title) + "   " + time(picture));
        lines.add("");
        lines.add(String.format(Locale.ROOT, "  ACD     %,14d frames sent", picture.sent()));
        picture.legs().forEach(leg -> lines.add(leg(leg)));
        lines.add(paint(DIM, "     │"));
        lines.add(String.format(Locale.ROOT, "  TANDEM  %,14d records in the stream   ", picture.stream())
                + appliance(picture));
        lines.add(paint(DIM, "     │"));
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

    private String leg(DemoPicture.Leg leg) {
        final String state = leg.halfOpen()
                ? paint(YELLOW, "◐ half-open")
                : leg.connected() ? paint(GREEN, "● up       ") : paint(RED, "○ down     ");
        return String.format(
                Locale.ROOT,
                "    leg %d %s  %,12d frames carried   cut %d times",
                leg.leg(),
                state,
                leg.carried(),
                leg.cuts());
    }

    private String appliance(DemoPicture picture) {
        return picture.applianceUp() ? paint(GREEN, "● pid " + picture.pid()) : paint(RED, "○ not running");
    }

    private String server(DemoServer.Standing server, long sent) {
        final String state = !server.connected()
                ? paint(RED, server.running() ? "○ away     " : "○ stopped  ")
                : server.slow() ? paint(YELLOW, "◐ slow     ") : paint(GREEN, "● connected");
        final long behind = Math.max(0, sent - server.through());
        return String.format(Locale.ROOT, "    %-6s%s  sequence %,9d   ", server.name(), state, server.last())
                + paint(behind > 100 ? YELLOW : DIM, String.format(Locale.ROOT, "%,d frames behind", behind))
                + String.format(Locale.ROOT, "   gaps %d   ", server.gaps())
                + (server.lost() + server.extra() == 0
                        ? paint(GREEN, "0 lost, 0 repeated")
                        : paint(RED, server.lost() + " lost, " + server.extra() + " repeated"));
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
        int visible = 0;
        boolean code = false;
        for (int i = 0; i < line.length(); i++) {
            final char c = line.charAt(i);
            if (code) {
                code = c != 'm';
            } else if (c == '\033') {
                code = true;
            } else if (visible++ == columns) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    @Override
    public void close() {
        out.print(LEAVE);
        out.flush();
    }
}
