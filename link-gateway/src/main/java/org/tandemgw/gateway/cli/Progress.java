package org.tandemgw.gateway.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.tandemgw.gateway.terminal.Terminal;

/** How far a long verb is: one line on standard error that is written over, and nothing where that is no terminal. */
final class Progress implements LongConsumer, AutoCloseable {
    private static final long EVERY_NS = 250_000_000L;

    private final PrintStream err;
    private final String what;
    private final long from;
    private final long to;
    private final boolean shown = Terminal.isTerminal(2);
    private long lastNs = System.nanoTime();
    private boolean written;

    Progress(Console console, String what, long from, long to) {
        this.err = console.err();
        this.what = what;
        this.from = from;
        this.to = to;
    }

    @Override
    public void accept(long now) {
        if (shown && System.nanoTime() - lastNs >= EVERY_NS) {
            lastNs = System.nanoTime();
            written = true;
            err.print(String.format(
                    Locale.ROOT, "\r%s: %.1f %%\u001b[K", what, 100.0 * (now - from) / Math.max(1, to - from)));
            err.flush();
        }
    }

    @Override
    public void close() {
        if (written) {
            err.print("\r\u001b[K");
        }
    }
}
