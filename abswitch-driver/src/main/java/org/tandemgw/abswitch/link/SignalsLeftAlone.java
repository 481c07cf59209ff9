package org.tandemgw.abswitch.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps the native part of jSerialComm from having the whole process ignore SIGHUP, SIGUSR1, SIGUSR2, SIGCONT, SIGIO, SIGTTIN and SIGTTOU for good, and
 * every program that it starts. It does so when it is loaded, needs none of it, and has no setting against it; and once SIGHUP is ignored, Java refuses to hear it.
 *
 * <p>In the copy that we unpack, the name of the one function by which it reaches signals is exchanged for that of one that does nothing with its
 * arguments. Called once, by {@link SerialLibrary}.
 */
final class SignalsLeftAlone {
    /** As the table of names has them: each ends with a NUL. */
    private static final byte[] BEFORE = "\0sigaction\0".getBytes(StandardCharsets.US_ASCII);
    /** Its answer is a number like that of the other one, which the library does not look at. */
    private static final byte[] AFTER = "\0getpid\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    private SignalsLeftAlone() {}

    /**
     * Changes it in place.
     *
     * @throws IOException if it is not built as expected: then it is not what we ship
     */
    static void by(byte[] library) throws IOException {
        final int at = find(library, 0);
        if (at < 0 || find(library, at + 1) >= 0) {
            throw new IOException("the native part of the serial driver is not the one that Tandem ships with");
        }
        System.arraycopy(AFTER, 0, library, at, AFTER.length);
    }

    private static int find(byte[] library, int from) {
        for (int at = from; at + BEFORE.length <= library.length; at++) {
            if (library[at] == 0 && Arrays.equals(library, at, at + BEFORE.length, BEFORE, 0, BEFORE.length)) {
                return at;
            }
        }
        return -1;
    }
}
