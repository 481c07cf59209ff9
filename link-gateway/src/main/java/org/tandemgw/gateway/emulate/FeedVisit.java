package org.tandemgw.gateway.emulate;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import org.tandemgw.gateway.feed.SoupClient;

/** One connection of an emulated server to its feed, and what it says of it: each thing once, however often it is tried. */
final class FeedVisit {
    private static final int CONNECT_MS = 1_000;
    private static final int LOGIN_MS = 5_000;
    private static final int POLL_MS = 200;

    private final InetSocketAddress feed;
    private final String user;
    private final String secret;
    private final WrittenRecords written;
    private final PrintStream out;
    private String session = "";
    private String said = "";

    FeedVisit(InetSocketAddress feed, String user, String secret, WrittenRecords written, PrintStream out) {
        this.feed = feed;
        this.user = user;
        this.secret = secret;
        this.written = written;
        this.out = out;
    }

    /** Connects, logs in for what is missing, and receives until the connection ends. A file that cannot be written ends more than this. */
    void once() throws IOException {
        try (SoupClient client = SoupClient.connect(feed, CONNECT_MS)) {
            final SoupClient.Login login =
                    client.login(user, secret, session, written.next(), LOGIN_MS, written::record);
            if (!login.accepted()) {
                say("refused: " + (login.code() == '\0' ? "no answer" : login.code() + " " + login.debug()));
                return;
            }
            session = login.session();
            written.from(login.sequence());
            say("logged in: session " + session + ", from " + login.sequence());
            boolean going = true;
            while (going && !Thread.currentThread().isInterrupted()) {
                going = client.poll(POLL_MS);
                written.flush();
            }
            say("the connection has ended, next is " + written.next());
        } catch (IOException e) {
            written.flush();
            say("no connection: " + e.getMessage());
        }
    }

    private void say(String line) {
        if (!line.equals(said)) {
            said = line;
            out.println(line);
        }
    }
}
