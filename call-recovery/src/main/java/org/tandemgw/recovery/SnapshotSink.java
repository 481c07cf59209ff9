package org.tandemgw.recovery;

/**
 * Takes a snapshot's bytes: {@code OutputStream::write} is one.
 *
 * @param <X> what goes wrong there
 */
@FunctionalInterface
public interface SnapshotSink<X extends Exception> {
    void write(byte[] from, int offset, int length) throws X;
}
