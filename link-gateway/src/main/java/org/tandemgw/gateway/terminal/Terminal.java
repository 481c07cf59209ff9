package org.tandemgw.gateway.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The terminal that this process is used from: whether there is one, how large, and single keys in place of lines. Asks {@code stty}, as Java cannot. */
public final class Terminal {
    private final int minRows;
    private final int minColumns;
    private int rows = 24;
    private int columns = 80;
    private String before;

    /** The terminal, never taken to be smaller than this. */
    public Terminal(int minRows, int minColumns) {
        this.minRows = minRows;
        this.minColumns = minColumns;
    }

    /** Whether this descriptor of the process is a terminal. */
    public static boolean isTerminal(int descriptor) {
        try {
            final String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a screen can be drawn on standard output. */
    public static boolean wantsScreen(Map<String, String> environment) {
        final String term = environment.getOrDefault("TERM", "");
        return !term.isEmpty() && !term.equals("dumb") && isTerminal(1);
    }

    /** Whether standard output is to be coloured (no-color.org). */
    public static boolean wantsColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && wantsScreen(environment);
    }

    /** Whether the locale can show more than ASCII. */
    public static boolean showsUnicode(Map<String, String> environment) {
        for (final String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            final String locale = environment.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    /** Its height. */
    public int rows() {
        return rows;
    }

    /** Its width. */
    public int columns() {
        return columns;
    }

    /** Asks for the size again: a person may have changed it. */
    public void measure() {
        final String[] words = stty("size").split(" ");
        if (words.length == 2 && words[0].matches("[1-9]\\d{0,4}") && words[1].matches("\\d{1,5}")) {
            rows = Math.max(minRows, Integer.parseInt(words[0]));
            columns = Math.max(minColumns, Integer.parseInt(words[1]));
        }
    }

    /**
     * Has somebody told whenever the window has another size. Not every Java can; then nobody is.
     *
     * @param told on a thread of the Java's own
     * @return whether somebody will be told
     */
    public static boolean onResize(Runnable told) {
        return Signals.on("WINCH", told);
    }

    /** Keys arrive one by one and are not shown; Ctrl-C stays a signal, Ctrl-Z does nothing. */
    public void singleKeys() {
        final String saved = stty("-g");
        if (saved.matches("[0-9a-fA-F:=a-z]+")) {
            before = saved;
            stty("-icanon", "-echo", "min", "1", "time", "0", "susp", "undef");
        }
    }

    /** As it was before {@link #singleKeys}. */
    public void restore() {
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
