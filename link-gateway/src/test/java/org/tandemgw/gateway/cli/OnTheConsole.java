package org.tandemgw.gateway.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A console whose output a test can read, with or without a person who answers. */
final class OnTheConsole {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console;

    OnTheConsole(Path folder, String answers) {
        console = new Console(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                answers == null ? null : new BufferedReader(new StringReader(answers)),
                folder,
                Map.of());
    }

    int type(String... words) {
        out.reset();
        err.reset();
        return Tandem.run(console, words);
    }

    byte[] outBytes() {
        return out.toByteArray();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
