package org.tandemgw.gateway.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.tandemgw.gateway.feed.SoupClient;

/** The other server takes over by order while calls are in flight, and fetches what it has to know of them. The demo's own thread. */
final class DemoTakeOver implements SoupClient.Handler {
    private static final int CONNECT_MS = 5_000;
    private static final int LOGIN_MS = 10_000;
    private static final int POLL_MS = 1_000;

    private String note = "";
    private long frames;
    private boolean over;

    private DemoTakeOver() {}

    /**
     * What came of it.
     *
     * @param server that took over
     * @param session that it fetched
     * @param note what the session began with
     * @param frames of the calls in flight
     * @param whole whether it came to its end
     */
    record Told(String server, String session, String note, long frames, boolean whole) {
        boolean proved() {
            return whole && frames > 0;
        }

        String text() {
            return proved()
                    ? String.format(
                            Locale.ROOT,
                            "%s took over by order and was told of the calls in flight: %,d frames on session %s, %s",
                            server,
                            frames,
                            session,
                            note)
                    : server + " took over by order and was NOT TOLD of the calls in flight: " + frames
                            + " frames on session " + session;
        }
    }

    /** Null if the site would not switch. */
    static Told perform(DemoView view, DemoTrunks trunks, DemoSite site) throws InterruptedException {
        final String server = "east".equals(trunks.active()) ? "west" : "east";
        view.event(DemoView.Kind.NOTE, "an operator has " + server + " take over, with calls in flight");
        final long epoch = trunks.switchTo(server);
        if (epoch == 0) {
            view.event(DemoView.Kind.WRONG, server + " did not take over");
            return null;
        }
        final Told told =
                new DemoTakeOver().fetch(server, "east".equals(server) ? site.eastFeed() : site.westFeed(), epoch);
        view.event(told.proved() ? DemoView.Kind.GOOD : DemoView.Kind.WRONG, told.text());
        return told;
    }

    private Told fetch(String server, InetSocketAddress feed, long epoch) {
        final String session = "R" + epoch;
        try (SoupClient client = SoupClient.connect(feed, CONNECT_MS)) {
            client.login(server, DemoSite.PASSWORD, session, 1, LOGIN_MS, this);
            while (!over && client.poll(POLL_MS)) {
                // What comes is counted.
            }
        } catch (IOException e) {
            note = e.toString();
        }
        return new Told(server, session, note, frames, over);
    }

    @Override
    public void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
        if (frame) {
            frames++;
        } else if (sequence == 1) {
            note = new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void endOfSession() {
        over = true;
    }
}
