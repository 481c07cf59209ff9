package org.tandemgw.gateway.demo;

import java.io.PrintStream;
import java.util.Locale;

/** One line an event, and one every ten seconds. */
final class PlainView implements DemoView {
    private static final long EVERY_MS = 10_000;

    private final PrintStream out;
    private long elapsedMs;
    private long nextMs = EVERY_MS;

    PlainView(PrintStream out) {
        this.out = out;
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
        out.println(String.format(Locale.ROOT, "%7.1f s  %s %s", elapsedMs / 1e3, mark, text));
        out.flush();
    }

    @Override
    public void show(DemoPicture picture) {
        elapsedMs = picture.elapsedMs();
        if (elapsedMs >= nextMs) {
            nextMs += EVERY_MS;
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
