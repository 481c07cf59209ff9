package org.tandemgw.gateway.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line an event, and one every ten seconds. */
final class PlainView implements DemoView {
    private static final long EVERY_MS = 10_000;

    private final PrintStream out;
    private final LongSupplier elapsedMs;
    private long nextMs = EVERY_MS;

    PlainView(PrintStream out, LongSupplier elapsedMs) {
        this.out = out;
        this.elapsedMs = elapsedMs;
    }

    @Override
    public void event(Kind kind, String text) {
        final String mark =
                switch (kind) {
                    case NOTE -> " ";
                    case BROKEN -> "-";
                    case MENDED -> "+";
                    case GOOD -> "=";
                    case WRONG -> "!";
                };
        out.println(String.format(Locale.ROOT, "%7.1f s  %s %s", elapsedMs.getAsLong() / 1e3, mark, text));
        out.flush();
    }

    @Override
    public void show(DemoPicture picture) {
        if (picture.elapsedMs() >= nextMs) {
            nextMs += EVERY_MS;
            if (picture.sent() == 0) {
                return; // before the traffic begins there is nothing to count
            }
            final StringBuilder line =
                    new StringBuilder().append(String.format(Locale.ROOT, "%,d frames sent", picture.sent()));
            for (final DemoServer.Standing server : picture.servers()) {
                line.append(String.format(
                        Locale.ROOT,
                        ", %s has sequence %,d%s",
                        server.name(),
                        server.last(),
                        server.connected() ? "" : " (away)"));
            }
            event(Kind.NOTE, line.toString());
        }
    }

    @Override
    public void close() {}
}
