package org.tandemgw.abswitch.emulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code tandem emulate switch}: one emulated A/B switch as a program of its own, with a control channel. */
public final class SwitchEmulatorProgram {
    private static final String TRY = "Try: tandem emulate switch --help";

    /** What {@code --help} says. */
    public static final String HELP = """
            Usage: tandem emulate switch [OPTIONS]
            Plays a trunk switch, and breaks it on command.

              --model NAME        which box (default k16)
                k16       Dataprobe A/B switch of the K-AB family (C-AB-16-R). What it accepts is documented by the maker;
                          what it answers is assumed, in several dialects
                esl-7183  in the style of the Electro Standards 7183: one control character is an order, ^A to A, ^B to B,
                          ^O offline, ^P query. The real one is reached by ssh; here the same bytes come over TCP and the
                          pseudo-terminal, as behind a terminal server or a local ssh forward
                nbs       Black Box NBS008A, one rack: an SNMP agent (v2c community private, v3 with --snmp-user). Its
                          gangs say A if any port is at A
              --listen PORT       loopback port of the box (default 0: any free one; real ones: 9100; nbs: UDP, real ones: 161)
              --pty PATH          also a serial line: a pseudo-terminal that is found there
              --serial DEVICE     or a terminal device that is there, with the speed that stty has set
              --control PORT      loopback port of the control channel (default 0: any free one)
              --cards LIST        slots that hold a card (default k16: 1,2,3,4,7; esl-7183: 1; nbs: 1 to 8), all at A
              --dialect NAME      k16: how it answers (default line)
              --password TEXT     k16: its password (default PASS)
              --snmp-user NAME:AUTH:PRIV  nbs: a v3 user, SHA-256 and AES-128, with both pass phrases
              --seed N            of the noise (default 1)
              --for SECONDS       end after so long (default: until Ctrl-C)
              --help              this text

            It prints one line "ready" with its ports, and its state at the end.
            Commands of the control channel, one a line:

            """ + BoxControl.COMMANDS.indent(2);

    private int listen;
    private int control;
    private Path pty;
    private Path device;
    private BoxModel model = BoxModel.K16;
    private int[] cards;
    private final List<String> settings = new ArrayList<>();
    private String[] snmpUser;
    private long seed = 1;
    private long seconds = -1;

    private SwitchEmulatorProgram() {}

    /** Runs until its time is over or the thread is interrupted. The exit status: 0 well, 2 usage, port or line. */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        if (Arrays.asList(arguments).contains("--help")) {
            out.print(HELP);
            return 0;
        }
        final SwitchEmulatorProgram options = new SwitchEmulatorProgram();
        try {
            options.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println("tandem emulate switch: " + e.getMessage() + "\n" + TRY);
            return 2;
        }
        return options.run(out, err);
    }

    private int run(PrintStream out, PrintStream err) {
        try (SwitchEmulator emulator = new SwitchEmulator(model, listen, seed, cards == null ? model.fitted() : cards);
                ControlPort port = new ControlPort(emulator, control)) {
            wire(emulator);
            for (final String setting : settings) {
                final String answer = emulator.command(setting);
                if (!answer.equals("ok")) {
                    err.println("tandem emulate switch: " + answer + "\n" + TRY);
                    return 2;
                }
            }
            out.println("ready " + (model == BoxModel.NBS ? "snmp" : "tcp") + "=127.0.0.1:" + emulator.port()
                    + (emulator.line() == null ? "" : " serial=" + emulator.line()) + " control=127.0.0.1:"
                    + port.number());
            out.flush();
            await();
            out.println(emulator.command("state"));
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            err.println("tandem emulate switch: " + e.getMessage());
            return 2;
        }
    }

    private void wire(SwitchEmulator emulator) throws IOException {
        if (pty != null) {
            emulator.makeLine(pty);
        } else if (device != null) {
            emulator.useLine(device);
        }
        if (snmpUser != null) {
            emulator.snmpUser(snmpUser[0], snmpUser[1], snmpUser[2]);
        }
    }

    private void parse(String... arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("something is missing after " + arguments[i]);
            }
            try {
                take(arguments[i], arguments[i + 1]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(arguments[i] + ": not a number: " + arguments[i + 1], e);
            }
        }
    }

    private void take(String option, String value) {
        switch (option) {
            case "--listen" -> listen = port(option, value);
            case "--control" -> control = port(option, value);
            case "--pty" -> pty = Path.of(value).toAbsolutePath();
            case "--cards" -> cards = slots(value);
            case "--model" -> model = BoxModel.of(value);
            case "--serial" -> device = Path.of(value).toAbsolutePath();
            case "--dialect" -> settings.add("dialect " + value);
            case "--password" -> settings.add("password " + value);
            case "--snmp-user" -> snmpUser = user(value);
            case "--seed" -> seed = Long.parseLong(value);
            case "--for" -> seconds = Long.parseLong(value);
            default -> throw new IllegalArgumentException("unknown option " + option);
        }
    }

    private static int port(String option, String value) {
        final int port = Integer.parseInt(value);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(option + ": a port is 0 to 65535, not " + value);
        }
        return port;
    }

    private static String[] user(String value) {
        final String[] parts = value.split(":", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[1].length() < 8 || parts[2].length() < 8) {
            throw new IllegalArgumentException(
                    "--snmp-user: NAME:AUTH:PRIV, with pass phrases of at least 8 characters and without ':'");
        }
        return parts;
    }

    private static int[] slots(String value) {
        final int[] slots =
                Arrays.stream(value.split(",")).mapToInt(Integer::parseInt).toArray();
        if (Arrays.stream(slots).anyMatch(slot -> slot < 1 || slot > Chassis.SLOTS)) {
            throw new IllegalArgumentException("--cards: slots are 1 to " + Chassis.SLOTS + ", not " + value);
        }
        return slots;
    }

    private void await() {
        try {
            if (seconds < 0) {
                new CountDownLatch(1).await();
            } else {
                TimeUnit.SECONDS.sleep(seconds);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
