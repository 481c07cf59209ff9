package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tandemgw.gateway.terminal.Terminal;

/**
 * Looks again and again until the person leaves with q or Ctrl-C: on a live screen, or as blocks one after the other. A gateway that does not answer for a
 * while (a restart) is shown as such and does not end it; one that does not answer the first time does.
 */
final class WatchLoop {
    private static final int CTRL_D = 4;

    private final Console console;
    private final Duration interval;
    private final CountDownLatch leave = new CountDownLatch(1);

    WatchLoop(Console console, Duration interval) {
        this.console = console;
        this.interval = interval;
    }

    int onScreen(Supplier<List<String>> look) {
        final List<String> first = look.get();
        final LiveScreen screen = new LiveScreen(console.out(), new Terminal(5, 20));
        final Thread onSignal = new Thread(
                () -> {
                    screen.close();
                    Runtime.getRuntime().halt(0); // Leaving with Ctrl-C is how it is meant to end: status 0.
                },
                "leave-screen");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try (screen) {
            if (Terminal.isTerminal(0)) {
                listen();
            }
            for (List<String> lines = first; !isOver(); lines = lookAgain(look)) {
                screen.draw(lines, now() + "   every " + interval.toMillis() + " ms   q leaves");
                pause();
            }
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            return 0; // The process is ending already: the hook has seen to the terminal.
        }
        return 0;
    }

    int asBlocks(Supplier<List<String>> look, boolean spaced) {
        for (List<String> lines = look.get(); !isOver(); lines = lookAgain(look)) {
            if (spaced) {
                console.out().println("--- " + now());
            }
            lines.forEach(console.out()::println);
            if (spaced) {
                console.out().println();
            }
            pause();
        }
        return 0;
    }

    private List<String> lookAgain(Supplier<List<String>> look) {
        try {
            return isOver() ? List.of() : look.get();
        } catch (Refusal e) {
            return List.of(e.getMessage());
        }
    }

    private boolean isOver() {
        return leave.getCount() == 0 || console.out().checkError();
    }

    private void pause() {
        try {
            leave.await(interval.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            leave.countDown();
        }
    }

    private void listen() {
        final Thread keys = new Thread(
                () -> {
                    try {
                        for (int key = System.in.read(); key >= 0; key = System.in.read()) {
                            if (key == 'q' || key == 'Q' || key == CTRL_D) {
                                leave.countDown();
                            }
                        }
                    } catch (IOException e) {
                        leave.countDown();
                    }
                },
                "keys");
        keys.setDaemon(true);
        keys.start();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
