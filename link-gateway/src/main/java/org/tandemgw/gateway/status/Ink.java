package org.tandemgw.gateway.status;

/** Colours on a terminal, or none. */
public enum Ink {
    /** As it is. */
    PLAIN(""),
    /** Well. */
    GOOD("32"),
    /** Not as it should be. */
    WARN("33"),
    /** Wrong. */
    BAD("1;31"),
    /** Headings. */
    BOLD("1"),
    /** Less important. */
    DIM("2");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** Without control characters: names and reasons are other people's, and a terminal obeys what it is sent. */
    public static String harmless(String text) {
        return text.chars().anyMatch(Character::isISOControl)
                ? text.codePoints()
                        .map(c -> Character.isISOControl(c) ? '?' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    /** The text in this colour, if colours are wanted. */
    public String paint(String text, boolean colours) {
        return !colours || this == PLAIN || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
    }
}
