package org.tandemgw.gateway.dialect.cdr;

/** Where the text of a record begins and ends among the NULs, carriage returns and line feeds around it. Nothing is allocated, nothing is kept. */
public final class CdrText {
    private CdrText() {}

    /** The first byte of it, or {@code to}. */
    public static int from(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && isAround(buffer[at])) {
            at++;
        }
        return at;
    }

    /** Behind the last byte of it. */
    public static int to(byte[] buffer, int from, int to) {
        int at = to;
        while (at > from && isAround(buffer[at - 1])) {
            at--;
        }
        return at;
    }

    private static boolean isAround(byte b) {
        return b == 0 || b == '\r' || b == '\n';
    }
}
