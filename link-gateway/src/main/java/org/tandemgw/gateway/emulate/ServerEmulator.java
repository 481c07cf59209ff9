package org.tandemgw.gateway.emulate;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * {@code tandem emulate server}: one of the two servers as a program of its own, to rehearse with. It has no control channel: to
 * break it, kill it, stop it (SIGSTOP), start it again. Runs on the thread that calls it; the service has one more.
 */
public final class ServerEmulator {
    /** What {@code --help} says. */
    public static final String HELP = """
            Usage: tandem emulate server --feed HOST:PORT --user NAME --secret-file FILE [OPTIONS]
            Plays one of the two servers: logs in at its feed (SoupBinTCP), writes down what it gets, and comes back by itself
            for what it missed. Kill it, stop it (kill -STOP), start it again: that is how it is broken.

              --feed HOST:PORT         the "listen" of its feed
              --user NAME              the "user" of its feed
              --secret-file FILE       holds the password, one line
              --out FILE               one line for each record: sequence, frame or record, bytes as hexadecimal digits. What is
                                       there already counts as received: it asks for what follows (default: kept nowhere)
              --service HOST:PORT      answers there while it lives, so that a tcp probe has something to look at
              --help                   this text

            It prints a line when it has logged in, is refused, or has lost the connection. Two of them got the same if
            their files are the same: cmp EAST WEST
            """;

    private static final Set<String> KNOWN = Set.of("--feed", "--user", "--secret-file", "--out", "--service");
    private static final int BACKLOG = 16;
    private static final long RETRY_MS = 250;

    private ServerEmulator() {}

    /** Runs until the thread is interrupted. The exit status: 0 well, 2 usage, file or address. */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        final GivenOptions given;
        final InetSocketAddress feed;
        try {
            given = GivenOptions.parse(KNOWN, arguments);
            if (given.help()) {
                out.print(HELP);
                return 0;
            }
            given.needed("--feed");
            feed = given.address("--feed", "");
            given.needed("--user");
            given.needed("--secret-file");
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "\nTry: tandem emulate server --help");
            return 2;
        }
        try (WrittenRecords written =
                        WrittenRecords.open(given.has("--out") ? Path.of(given.text("--out", "")) : null);
                ServerSocket service = service(given)) {
            final String secret = Files.readString(Path.of(given.needed("--secret-file")), StandardCharsets.UTF_8)
                    .strip();
            final FeedVisit visit = new FeedVisit(feed, given.needed("--user"), secret, written, out);
            out.println("ready feed=" + text(feed)
                    + (service == null ? "" : " service=" + text((InetSocketAddress) service.getLocalSocketAddress()))
                    + " next=" + written.next());
            while (!Thread.currentThread().isInterrupted()) {
                visit.once();
                Thread.sleep(RETRY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException e) {
            err.println("tandem emulate server: " + e.getMessage());
            return 2;
        }
        return 0;
    }

    private static ServerSocket service(GivenOptions given) throws IOException {
        if (!given.has("--service")) {
            return null;
        }
        final ServerSocket door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(given.address("--service", ""), BACKLOG);
        final Thread thread = new Thread(() -> answer(door), "service");
        thread.setDaemon(true);
        thread.start();
        return door;
    }

    /** A look of a probe is over when the probe goes: one at a time is enough. */
    private static void answer(ServerSocket door) {
        while (!door.isClosed()) {
            try (java.net.Socket come = door.accept()) {
                while (come.getInputStream().read() >= 0) {
                    // whoever looks may say something; nothing is expected
                }
            } catch (IOException e) {
                // Closed, or whoever came has gone.
            }
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
