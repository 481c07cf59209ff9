package org.tandemgw.gateway.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks again and again, as blocks one after the other, until the process ends or nobody reads. A gateway that does not answer for a while does not end it; one that does not answer the first time does. */
final class WatchLoop {
    private final Console console;
    private final Duration interval;

    WatchLoop(Console console, Duration interval) {
        this.console = console;
        this.interval = interval;
    }

    int asBlocks(Supplier<List<String>> look, boolean spaced) {
        boolean over = false;
        for (List<String> lines = look.get(); !over; lines = over ? List.of() : lookAgain(look)) {
            if (spaced) {
                console.out().println("--- " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
            }
            lines.forEach(console.out()::println);
            if (spaced) {
                console.out().println();
            }
            over = console.out().checkError() || !pause();
        }
        return 0;
    }

    private static List<String> lookAgain(Supplier<List<String>> look) {
        try {
            return look.get();
        } catch (Refusal e) {
            return List.of(e.getMessage());
        }
    }

    private boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(interval.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
