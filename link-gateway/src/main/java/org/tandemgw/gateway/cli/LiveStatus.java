package org.tandemgw.gateway.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tandemgw.gateway.cli.Keys.Key;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.LivePicture;
import org.tandemgw.gateway.status.StatusText;
import org.tandemgw.gateway.terminal.Terminal;

/**
 * The live screen of {@code status --watch}. Looks on a thread of its own, so that a gateway that hangs never hangs the keys; a gateway that does not answer for a
 * while (a restart) is shown as such, below it the last picture. Follows the window at once. Ends with q or Ctrl-C, and the terminal is as it was.
 */
final class LiveStatus {
    /** So many events at most wait to be shown; more of them would change nothing. */
    private static final int MOST_WAITING = 100;

    private static final long RATE_OVER_MS = 5_000;

    /** Something to react to: a key, another size, or a new look. */
    private record Event(Key key, GatewayStatus picture, String refused) {
        static final Event RESIZED = new Event(null, null, null);
    }

    private final Console console;
    private final Duration interval;
    private final Supplier<GatewayStatus> look;
    private final boolean colours;
    private final boolean unicode;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Deque<GatewayStatus> seen = new ArrayDeque<>();

    private String refused;
    private Instant silentSince;
    private boolean details;
    private int top;

    LiveStatus(Console console, Duration interval, Supplier<GatewayStatus> look) {
        this.console = console;
        this.interval = interval;
        this.look = look;
        this.colours = Terminal.wantsColours(console.environment());
        this.unicode = Terminal.showsUnicode(console.environment());
    }

    int run() {
        take(look.get()); // one that does not answer the first time ends it, with the reason
        final LiveScreen screen = new LiveScreen(console.out(), new Terminal(3, 20), unicode);
        final Thread onSignal = new Thread(
                () -> {
                    screen.close();
                    Runtime.getRuntime().halt(0); // Leaving with Ctrl-C is how it is meant to end: status 0.
                },
                "leave-screen");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try (screen) {
            final boolean isTold = Terminal.onResize(() -> events.offer(Event.RESIZED));
            if (Terminal.isTerminal(0)) {
                Keys.listen(System.in, key -> events.offer(new Event(key, null, null)));
            }
            looker().start();
            show(screen);
            for (Event event = next(); event != null && event.key() != Key.LEAVE; event = next()) {
                react(event, screen, isTold);
                show(screen);
                if (console.out().checkError()) {
                    break; // the terminal is gone
                }
            }
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            return 0; // The process is ending already: the hook has seen to the terminal.
        }
        return 0;
    }

    private Event next() {
        try {
            return events.take();
        } catch (InterruptedException e) {
            return null;
        }
    }

    private Thread looker() {
        final Thread looker = new Thread(
                () -> {
                    try {
                        while (true) {
                            TimeUnit.MILLISECONDS.sleep(interval.toMillis());
                            events.put(lookNow());
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "look");
        looker.setDaemon(true);
        return looker;
    }

    private Event lookNow() {
        try {
            return new Event(null, look.get(), null);
        } catch (Refusal e) {
            return new Event(null, null, e.getMessage());
        }
    }

    private void react(Event event, LiveScreen screen, boolean isTold) {
        if (event.key() != null) {
            move(event.key(), screen.room());
        } else if (event.picture() != null) {
            take(event.picture());
        } else if (event.refused() != null) {
            refused = event.refused();
            silentSince = silentSince == null ? Instant.now() : silentSince;
        }
        if (event.equals(Event.RESIZED) || !isTold) {
            screen.measure();
        }
    }

    private void move(Key key, int room) {
        switch (key) {
            case UP -> top--;
            case DOWN -> top++;
            case PAGE_UP -> top -= room - 1;
            case PAGE_DOWN -> top += room - 1;
            case TOP -> top = 0;
            case DETAILS -> {
                details = !details;
                top = 0;
            }
            case LEAVE, OTHER -> {
                // Nothing moves.
            }
        }
    }

    private void take(GatewayStatus picture) {
        refused = null;
        silentSince = null;
        seen.addLast(picture);
        while (seen.size() > 2
                && picture.at() != null
                && seen.peekFirst().at() != null
                && Duration.between(seen.peekFirst().at(), picture.at()).toMillis() > RATE_OVER_MS) {
            seen.removeFirst();
        }
        while (seen.size() > MOST_WAITING) {
            seen.removeFirst();
        }
    }

    private void show(LiveScreen screen) {
        final List<String> lines = lines(screen.room(), screen.columns());
        top = Math.max(0, Math.min(top, lines.size() - screen.room()));
        final int below = lines.size() - screen.room() - top;
        final String more = top == 0 && below <= 0 ? "" : Math.max(0, below) + " more lines: arrows, space  ";
        screen.draw(
                lines,
                top,
                Ink.DIM.paint(
                        more + "q leaves  d " + (details ? "overview" : "details") + "  "
                                + Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        colours));
    }

    private List<String> lines(int room, int columns) {
        final GatewayStatus newest = seen.peekLast();
        final List<String> lines = new ArrayList<>();
        if (refused != null) {
            lines.add(Ink.BAD.paint(
                    refused + " (since " + silentSince.truncatedTo(ChronoUnit.SECONDS) + "; below: as it was last)",
                    colours));
        }
        final boolean current = colours && refused == null;
        final List<String> picture = details
                ? StatusText.lines(newest, current)
                : LivePicture.lines(newest, seen.peekFirst(), room - lines.size(), columns, current, unicode);
        if (refused == null) {
            lines.addAll(picture);
        } else {
            picture.forEach(line -> lines.add(Ink.DIM.paint(line, colours)));
        }
        return lines;
    }
}
