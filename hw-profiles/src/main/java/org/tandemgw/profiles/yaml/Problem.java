package org.tandemgw.profiles.yaml;

/**
 * One thing that is wrong (or worth a warning) in a file that somebody wrote: where, what, and what to do about it.
 *
 * @param severity whether the file is refused for it
 * @param file the file, as the user named it
 * @param line line in the file, from 1; 0 when the problem has no line (a file that cannot be read)
 * @param key key path such as {@code acds[1].legs[2].connect}, list places counted from 1; empty for the whole file
 * @param value what the file says there, shortened; empty when there is nothing, or when it might be a secret
 * @param wrong what is wrong with it, a sentence without its full stop
 * @param remedy what to write or do instead
 */
public record Problem(Severity severity, String file, int line, String key, String value, String wrong, String remedy) {

    private static final int SHOWN_VALUE_CHARS = 60;

    /** Whether a file with this problem is refused. */
    public enum Severity {
        /** The file is refused. */
        ERROR,
        /** The file is accepted; the reader should know. */
        WARNING
    }

    /** Shortens and cleans the value, so that a hostile file cannot write to the terminal of the one who checks it. */
    public Problem {
        value = printable(value);
        key = printable(key);
        wrong = cleaned(wrong);
        remedy = cleaned(remedy);
    }

    /**
     * The problem on one line, as compilers write it: {@code FILE:LINE: error: KEY: "VALUE": what is wrong; remedy}.
     *
     * @return one line without a line end
     */
    public String oneLine() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(severity == Severity.ERROR ? ": error: " : ": warning: ");
        if (!key.isEmpty()) {
            text.append(key).append(": ");
        }
        if (!value.isEmpty()) {
            text.append('"').append(value).append("\": ");
        }
        text.append(wrong);
        if (!remedy.isEmpty()) {
            text.append("; ").append(remedy);
        }
        return text.toString();
    }

    private static String printable(String value) {
        String clean = cleaned(value);
        return clean.length() <= SHOWN_VALUE_CHARS ? clean : clean.substring(0, SHOWN_VALUE_CHARS) + "…";
    }

    private static String cleaned(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        value.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '·' : c));
        return clean.toString();
    }
}
