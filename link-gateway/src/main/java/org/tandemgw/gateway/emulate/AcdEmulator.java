package org.tandemgw.gateway.emulate;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.time.SystemClock;

/** {@code tandem emulate acd}: one simulated ACD as a program of its own, with a control channel. */
public final class AcdEmulator {
    /** What {@code --help} says. */
    public static final String HELP = """
            Usage: tandem emulate acd [OPTIONS]
            Plays an ACD with two legs that send the same frames, and breaks them on command.

              --dialect NAME           opaque-line (default), opaque-length, asterisk-ami,
                                       csta-xml, csta-xml-switch-first, freeswitch-esl
                                       or avaya-cdr
              --listen1, --listen2     HOST:PORT where the legs listen (default 127.0.0.1:0: any free port)
              --connect1, --connect2   HOST:PORT that the legs dial instead
              --control PORT           loopback port of the control channel (default 0: any free one)
              --rate FRAMES            frames a second (default 200; 0: as fast as possible)
              --swaps N                of 1,000 frames so many overtake the one before (default 0)
              --resend N               after a connect, send the last N frames again (default 0: live)
              --seed N                 of the traffic and the noise (default 1)
              --user, --secret TEXT    asterisk-ami, csta-xml: who may log in (default tandem, tandem);
                                       freeswitch-esl: the secret is the password
              --timestamps on|off      asterisk-ami: timestampevents (default on)
              --numbers on|off         asterisk-ami: debug, which numbers the events (default off)
              --form NAME              avaya-cdr: customised (default), teleseer, 59-character, printer, expanded or int-isdn
              --dates on|off           avaya-cdr: a date record after each connect and at midnight (default on)
              --for DURATION           end after so long, like 90s or 10m (default: until Ctrl-C)
              --help                   this text

            It prints one line "ready" with its ports, and the statistics at the end.
            Commands of the control channel, one a line:

            """ + AcdControl.COMMANDS.indent(2);

    private AcdEmulator() {}

    /** Runs until its time is over or the thread is interrupted. The exit status: 0 well, 2 usage or address. */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        final EmulatorOptions options;
        try {
            options = EmulatorOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "\nTry: tandem emulate acd --help");
            return 2;
        }
        if (options.help()) {
            out.print(HELP);
            return 0;
        }
        try (AcdSimulator acd = new AcdSimulator(options.settings(), options.traffic(), new SystemClock());
                AcdControl control = new AcdControl(acd, options.controlPort())) {
            out.println(
                    "ready leg1=" + text(acd, 1) + " leg2=" + text(acd, 2) + " control=127.0.0.1:" + control.port());
            out.flush();
            acd.resume();
            await(options.lasts());
            acd.stop();
            out.println(control.command("stats"));
            return 0;
        } catch (IOException e) {
            err.println("tandem emulate acd: " + e.getMessage());
            return 2;
        }
    }

    private static void await(Duration lasts) {
        try {
            if (lasts == null) {
                new CountDownLatch(1).await();
            } else {
                TimeUnit.NANOSECONDS.sleep(lasts.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(AcdSimulator acd, int leg) {
        final InetSocketAddress address = acd.leg(leg).address();
        return address.getHostString() + ":" + address.getPort();
    }
}
