package org.tandemgw.benchmarks.intake;

import java.io.IOException;
import java.nio.file.Path;

/** Something that puts frames of {@link BenchedDialect#LENGTH} bytes where they survive this process. Opened and closed for each round. One thread. */
interface Contender extends AutoCloseable {
    /** Opens it in an empty folder, and brings it to where frames flow. */
    void open(Path folder) throws IOException;

    /** Puts this many frames of the stream, from this one on. */
    void put(byte[] stream, int first, int frames) throws IOException;

    /** All that was put is as safe as it gets. */
    default void finish() throws IOException {}

    @Override
    void close() throws IOException;
}
