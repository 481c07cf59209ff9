package org.tandemgw.gateway.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The terminal that this process is used from: whether there is one, how large, and single keys in place of lines. Asks {@code stty}, as Java cannot. */
final class Terminal {
    private static final int MIN_ROWS = 5;
    private static final int MIN_COLUMNS = 20;

    private int rows = 24;
    private int columns = 80;
    private String before;

    /** Whether this descriptor of the process is a terminal. */
    static boolean isTerminal(int descriptor) {
        try {
            final String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a screen can be drawn on standard output. */
    static boolean wantsScreen(Map<String, String> environment) {
        final String term = environment.getOrDefault("TERM", "");
        return !term.isEmpty() && !term.equals("dumb") && isTerminal(1);
    }

    /** Whether standard output is to be coloured (no-color.org). */
    static boolean wantsColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && wantsScreen(environment);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Asks for the size again: a person may have changed it. */
    void measure() {
        final String[] words = stty("size").split(" ");
        if (words.length == 2 && words[0].matches("\\d{1,5}") && words[1].matches("\\d{1,5}")) {
            rows = Math.max(MIN_ROWS, Integer.parseInt(words[0]));
            columns = Math.max(MIN_COLUMNS, Integer.parseInt(words[1]));
        }
    }

    /** Keys arrive one by one and are not shown; Ctrl-C stays a signal, Ctrl-Z does nothing. */
    void singleKeys() {
        final String saved = stty("-g");
        if (saved.matches("[0-9a-fA-F:=a-z]+")) {
            before = saved;
            stty("-icanon", "-echo", "min", "1", "time", "0", "susp", "undef");
        }
    }

    /** As it was before {@link #singleKeys}. */
    void restore() {
        if (before != null) {
            stty(before);
            before = null;
        }
    }

    private static String stty(String... words) {
        final List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(words));
        try {
            final Process stty = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return stty.waitFor(1, TimeUnit.SECONDS) ? said : "";
        } catch (IOException e) {
            return ""; // No terminal to ask, or no stty: everything stays as it is.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
