package org.tandemgw.recovery;

/**
 * Gives a snapshot's bytes: {@code InputStream::read} is one.
 *
 * @param <X> what goes wrong there
 */
@FunctionalInterface
public interface SnapshotSource<X extends Exception> {
    /** At least one byte, or -1 at the end. */
    int read(byte[] to, int offset, int length) throws X;
}
