package org.tandemgw.gateway.cli;

import java.util.List;
import java.util.logging.Level;
import org.tandemgw.abswitch.emulator.SwitchEmulatorProgram;
import org.tandemgw.gateway.emulate.AcdEmulator;
import org.tandemgw.gateway.emulate.RelayEmulator;
import org.tandemgw.gateway.emulate.ServerEmulator;

/** {@code emulate}: hands its line on, as each emulator reads its own options and can be started without this command line, too. */
final class EmulateVerb {
    static final String NAME = "emulate";

    /** What it can be. */
    static final List<String> EMULATORS = List.of("acd", "relay", "server", "switch");

    private static final String HELP = """
            Usage: tandem emulate acd|relay|server|switch [OPTIONS]
            Emulators, each a program of its own.

              acd      an ACD with two legs: tandem emulate acd --help
              relay    an ACD and two servers that talk with each other: tandem emulate relay --help
              server   one of the two servers: tandem emulate server --help
              switch   a trunk switch of three kinds: tandem emulate switch --help
            """;

    private EmulateVerb() {}

    static int run(Console console, List<String> arguments) {
        if (arguments.equals(List.of("--help")) || arguments.equals(List.of("-h"))) {
            console.out().print(HELP);
            return 0;
        }
        if (arguments.isEmpty() || !EMULATORS.contains(arguments.get(0))) {
            console.err()
                    .println(
                            arguments.isEmpty()
                                    ? "tandem emulate: what exactly?"
                                    : "tandem emulate: there is no emulator '" + arguments.get(0) + "'");
            console.err().println("        tandem emulate --help");
            return 2;
        }
        Logging.configure(Level.WARNING, false);
        final String[] options = arguments.subList(1, arguments.size()).toArray(String[]::new);
        return switch (arguments.get(0)) {
            case "acd" -> AcdEmulator.run(console.out(), console.err(), options);
            case "relay" -> RelayEmulator.run(console.out(), console.err(), options);
            case "server" -> ServerEmulator.run(console.out(), console.err(), options);
            default -> SwitchEmulatorProgram.run(console.out(), console.err(), options);
        };
    }
}
