package org.tandemgw.gateway.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Whether standard output is a terminal, and how large it is. Asked again by {@link #refresh}, as a person may resize it. */
final class TerminalSize {
    private static final int ROWS = 24;
    private static final int COLUMNS = 80;

    private int rows = ROWS;
    private int columns = COLUMNS;

    /** Whether a screen can be drawn on standard output: it is a terminal, and not a dumb one. */
    static boolean drawable(Map<String, String> environment) {
        final String term = environment.getOrDefault("TERM", "dumb");
        return !term.equals("dumb") && !term.isEmpty() && isTerminal(Path.of("/proc/self/fd/1"));
    }

    /** Whether colours are wanted (no-color.org). */
    static boolean colours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Whether the locale can show more than ASCII. */
    static boolean unicode(Map<String, String> environment) {
        for (final String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            final String locale = environment.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            final String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    void refresh() {
        try {
            final Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String[] words = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            if (stty.waitFor(1, TimeUnit.SECONDS) && words.length == 2 && !words[0].equals("0")) {
                rows = Math.max(16, Integer.parseInt(words[0]));
                columns = Math.max(40, Integer.parseInt(words[1]));
            }
        } catch (IOException | NumberFormatException e) {
            // No terminal to ask: the size stays as it was.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
