package org.tandemgw.gateway.emulate;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code tandem emulate relay}: an ACD and two servers that talk with each other through Tandem, to rehearse a link that is passed through. */
public final class RelayEmulator {
    /** What {@code --help} says. */
    public static final String HELP = """
            Usage: tandem emulate relay --server1 HOST:PORT --server2 HOST:PORT [OPTIONS]
            Plays both ends of a link that is passed through: an ACD that listens on two ports, and the two servers, which dial
            Tandem and wait for a while when that fails or ends, as CMS does. Each end says random bytes all the time, and
            compares what it hears with what the other end says. What they say means nothing.

              --server1, --server2     HOST:PORT of Tandem's relay feeds, which the servers dial
              --acd1, --acd2           HOST:PORT where the ACD listens (default 127.0.0.1:0: any free port)
              --rate BYTES             a second, for each end (default 10000; 0: as fast as possible)
              --redial DURATION        between two tries of a server (default 30s, as CMS)
              --cut-every DURATION     so often one end of one leg ends its session, or resets it (default: never)
              --seed N                 of the bytes and the cuts (default 1)
              --for DURATION           end after so long, like 90s or 10m (default: until Ctrl-C)
              --help                   this text

            It prints one line "ready" with its ports, and one line for each leg at the end. Exit status: 0 all ends heard
            something, and every byte was the right one; 1 not; 2 usage or address.
            """;

    private static final Set<String> KNOWN = Set.of(
            "--server1", "--server2", "--acd1", "--acd2", "--rate", "--redial", "--cut-every", "--seed", "--for");

    private RelayEmulator() {}

    /** Runs until its time is over or the thread is interrupted. */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        final GivenOptions given;
        final Duration redial;
        final Duration cuts;
        final Duration lasts;
        final long rate;
        final long seed;
        try {
            given = GivenOptions.parse(KNOWN, arguments);
            if (given.help()) {
                out.print(HELP);
                return 0;
            }
            given.needed("--server1");
            given.needed("--server2");
            redial = DurationText.parse("--redial", given.text("--redial", "30s"));
            cuts = given.has("--cut-every") ? DurationText.parse("--cut-every", given.text("--cut-every", "")) : null;
            lasts = given.has("--for") ? DurationText.parse("--for", given.text("--for", "")) : null;
            rate = number(given, "--rate", "10000");
            seed = number(given, "--seed", "1");
            try (TwoWayEnds one = ends(1, given, redial, rate, seed);
                    TwoWayEnds two = ends(2, given, redial, rate, seed)) {
                one.start();
                two.start();
                out.println("ready acd1=" + text(one.acd()) + " acd2=" + text(two.acd()));
                out.flush();
                await(List.of(one, two), cuts, lasts, new Random(seed));
                final boolean proved = told(out, one);
                return told(out, two) && proved ? 0 : 1;
            }
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "\nTry: tandem emulate relay --help");
            return 2;
        } catch (IOException e) {
            err.println("tandem emulate relay: " + e.getMessage());
            return 2;
        }
    }

    /** Prints what came of it; whether it proves anything. */
    private static boolean told(PrintStream out, TwoWayEnds leg) {
        out.println(leg);
        final String lack = leg.lack();
        if (!lack.isEmpty()) {
            out.println("  nothing is proved: " + lack);
        }
        return lack.isEmpty() && leg.differences() == 0;
    }

    private static TwoWayEnds ends(int leg, GivenOptions given, Duration redial, long rate, long seed)
            throws IOException {
        return new TwoWayEnds(
                leg,
                given.address("--acd" + leg, "127.0.0.1:0"),
                given.address("--server" + leg, ""),
                redial.toMillis(),
                rate,
                seed);
    }

    private static long number(GivenOptions given, String option, String otherwise) {
        final String text = given.text(option, otherwise);
        if (!text.matches("\\d{1,12}")) {
            throw new IllegalArgumentException(option + ": a number, not " + text);
        }
        return Long.parseLong(text);
    }

    private static void await(List<TwoWayEnds> legs, Duration cuts, Duration lasts, Random random) {
        final CountDownLatch never = new CountDownLatch(1);
        final long beganNs = System.nanoTime();
        try {
            while (lasts == null || System.nanoTime() - beganNs < lasts.toNanos()) {
                final long left = lasts == null ? Long.MAX_VALUE : lasts.toNanos() - (System.nanoTime() - beganNs);
                never.await(Math.min(left, cuts == null ? Long.MAX_VALUE : cuts.toNanos()), TimeUnit.NANOSECONDS);
                if (cuts != null) {
                    legs.get(random.nextInt(legs.size())).cut();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
