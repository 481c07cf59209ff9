package org.tandemgw.gateway.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.tandemgw.gateway.terminal.Terminal;

/**
 * What a verb talks to: its output, and the person, if there is one.
 *
 * @param out what was asked for; UTF-8
 * @param err what went wrong
 * @param person where a person answers; null if there is none
 * @param folder where {@code ./tandem.yaml} is looked for
 */
record Console(PrintStream out, PrintStream err, BufferedReader person, Path folder, Map<String, String> environment) {

    /** The process's own. */
    static Console ofProcess() {
        final PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        final PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        final BufferedReader person = Terminal.isTerminal(0) && Terminal.isTerminal(2)
                ? new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
                : null;
        return new Console(out, err, person, Path.of(""), System.getenv());
    }

    boolean colours() {
        return Terminal.wantsColours(environment);
    }

    /** Asks the person. Without one, or without a clear yes: no. */
    boolean agrees(String question) {
        if (person == null) {
            return false;
        }
        err.print(question + " [y/N] ");
        err.flush();
        try {
            final String answer = person.readLine();
            return answer != null && answer.strip().matches("(?i)y|yes");
        } catch (IOException e) {
            return false;
        }
    }
}
